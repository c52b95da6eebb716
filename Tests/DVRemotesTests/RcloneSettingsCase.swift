import Testing

/// Settings of one of DVC's kinds, and what they are for rclone.
struct RcloneSettingsCase: CustomTestStringConvertible, Sendable {
    let url: String
    let settings: [String: String]
    var environment: [String: String] = [:]
    let name: String
    /// All but the type, and what keeps rclone from making buckets.
    let made: [String: String]

    var testDescription: String { "\(url) \(settings.keys.sorted()) \(environment.keys.sorted())" }

    static let all: [RcloneSettingsCase] = googleCloud + azure + others

    private static let googleCloud = [
        RcloneSettingsCase(
            url: "gs://bucket/a//b/",
            settings: ["projectname": "42", "credentialpath": "/keys/google.json"],
            name: "dvswift:bucket/a/b",
            made: [
                "project_number": "42", "env_auth": "true", "bucket_policy_only": "true",
                "GOOGLE_APPLICATION_CREDENTIALS": "/keys/google.json",
            ]
        ),
        RcloneSettingsCase(
            url: "gs://bucket",
            settings: ["allow_anonymous_login": "true", "endpointurl": "http://host:4443/"],
            name: "dvswift:bucket",
            made: [
                "anonymous": "true", "endpoint": "http://host:4443/storage/v1/",
                "bucket_policy_only": "true",
            ]
        ),
    ]

    private static let azure = [
        RcloneSettingsCase(
            url: "azure://container/a",
            settings: [
                "account_name": "me", "account_key": "S", "timeout": "7", "connection_timeout": "3",
            ],
            name: "dvswift:container/a",
            made: [
                "account": "me", "key": "S", "RCLONE_TIMEOUT": "7s", "RCLONE_CONTIMEOUT": "3s",
            ]
        ),
        RcloneSettingsCase(
            url: "azure://container/a",
            settings: ["account_name": "me", "sas_token": "?sv=1&sig=S", "read_timeout": "9"],
            name: "dvswift:container/a",
            made: [
                "account": "me", "RCLONE_TIMEOUT": "9s",
                "sas_url": "https://me.blob.core.windows.net/container?sv=1&sig=S",
            ]
        ),
        RcloneSettingsCase(
            url: "azure://container/a",
            settings: [
                "connection_string":
                    "DefaultEndpointsProtocol=https;AccountName=me;AccountKey=S==;EndpointSuffix=core.chinacloudapi.cn"
            ],
            name: "dvswift:container/a",
            made: [
                "account": "me", "key": "S==",
                "endpoint": "https://me.blob.core.chinacloudapi.cn",
            ]
        ),
        RcloneSettingsCase(
            url: "azure://container/a",
            settings: [
                "connection_string":
                    "BlobEndpoint=http://h:1/me/;AccountName=me;SharedAccessSignature=sig=S"
            ],
            name: "dvswift:container/a",
            made: [
                "account": "me", "endpoint": "http://h:1/me",
                "sas_url": "http://h:1/me/container?sig=S",
            ]
        ),
        RcloneSettingsCase(
            url: "azure://container",
            settings: ["connection_string": "UseDevelopmentStorage=true"],
            name: "dvswift:container",
            made: ["use_emulator": "true"]
        ),
        RcloneSettingsCase(
            url: "azure://container",
            settings: [
                "account_name": "me", "tenant_id": "t", "client_id": "c", "client_secret": "S",
            ],
            name: "dvswift:container",
            made: ["account": "me", "tenant": "t", "client_id": "c", "client_secret": "S"]
        ),
        RcloneSettingsCase(
            url: "azure://container",
            settings: ["account_name": "me", "allow_anonymous_login": "true"],
            name: "dvswift:container",
            made: ["account": "me"]
        ),
        RcloneSettingsCase(
            url: "azure://container",
            settings: [:],
            environment: ["AZURE_STORAGE_ACCOUNT_NAME": "me", "AZURE_STORAGE_ACCOUNT_KEY": "S"],
            name: "dvswift:container",
            made: ["account": "me", "key": "S"]
        ),
        RcloneSettingsCase(
            url: "azure://container",
            settings: ["account_name": "me"],
            name: "dvswift:container",
            made: ["account": "me", "env_auth": "true"]
        ),
        RcloneSettingsCase(
            url: "azure://container",
            settings: ["account_name": "me", "exclude_managed_identity_credential": "true"],
            name: "dvswift:container",
            made: ["account": "me", "use_az": "true"]
        ),
        RcloneSettingsCase(
            url: "azure://container",
            settings: ["account_name": "me", "exclude_managed_identity_credential": "true"],
            environment: ["AZURE_CLIENT_ID": "c"],
            name: "dvswift:container",
            made: ["account": "me", "env_auth": "true"]
        ),
    ]

    private static let others = [
        RcloneSettingsCase(
            url: "oss://bucket/a",
            settings: ["oss_endpoint": "oss-cn-x.aliyuncs.com", "oss_key_id": "k"],
            environment: ["OSS_ACCESS_KEY_SECRET": "S"],
            name: "dvswift:bucket/a",
            made: [
                "endpoint": "oss-cn-x.aliyuncs.com", "access_key_id": "k", "secret_access_key": "S",
                "provider": "Alibaba",
            ]
        ),
        RcloneSettingsCase(
            url: "hdfs://me@host/a/b",
            settings: [:],
            name: "dvswift:/a/b",
            made: ["namenode": "host:8020", "username": "me"]
        ),
        RcloneSettingsCase(
            url: "hdfs://host:9000/a",
            settings: ["user": "you"],
            name: "dvswift:/a",
            made: ["namenode": "host:9000", "username": "you"]
        ),
        RcloneSettingsCase(
            url: "gdrive://root/a",
            settings: [
                "gdrive_use_service_account": "true", "gdrive_trash_only": "true",
                "gdrive_service_account_json_file_path": "/keys/drive.json",
                "gdrive_service_account_user_email": "a@b", "gdrive_acknowledge_abuse": "true",
            ],
            name: "dvswift:a",
            made: [
                "scope": "drive", "use_trash": "true", "acknowledge_abuse": "true",
                "service_account_file": "/keys/drive.json", "impersonate": "a@b",
            ]
        ),
        RcloneSettingsCase(
            url: "gdrive://0AAB/a",
            settings: ["gdrive_client_id": "i", "gdrive_client_secret": "s"],
            environment: ["GDRIVE_CREDENTIALS_DATA": #"{"refresh_token":"r","access_token":"t"}"#],
            name: "dvswift:a",
            made: [
                "scope": "drive", "use_trash": "false", "root_folder_id": "0AAB", "client_id": "i",
                "client_secret": "s",
                "token":
                    #"{"access_token":"t","token_type":"Bearer","refresh_token":"r","expiry":"2000-01-01T00:00:00Z"}"#,
            ]
        ),
    ]
}
