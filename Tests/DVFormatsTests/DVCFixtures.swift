/// Written by `dvc stage add` and `dvc repro` of DVC 3.67.1.
enum DVCFixtures {
    static let pipeline = #"""
        stages:
          one:
            cmd: echo 1 > out1
            deps:
            - src.py
            params:
            - big
            - int
            - lr
            - nul
            - yes
            - p.json:
              - a.b
              - a.z
            - p.toml:
            outs:
            - out1
          two:
            desc: 'A description: with #x'
            cmd: echo 2 > out2; echo {} > m1.json; echo {} > m2.json; echo a > pl1.csv; 
              echo b > pl2.csv; mkdir -p keep; echo 1 > keep/f; echo "this is a very 
              long command line that goes on and on"
            deps:
            - dir with space/ü.txt
            - out1
            params:
            - list
            - long
            - names
            - nested
            - none_list
            - num
            - text
            outs:
            - keep:
                persist: true
            - out2:
                cache: false
            metrics:
            - m1.json
            - m2.json:
                cache: false
            plots:
            - pl1.csv
            - pl2.csv:
                cache: false
            always_changed: true
          three:
            cmd: cat 1 > ../o3
            wdir: d
            params:
            - p.json:
            - p.toml:
              - t.b
              - z
            - params.yaml:
            outs:
            - ../o3
          '7':
            cmd: echo a > o4
            deps:
            - d
            outs:
            - o4
          five:
            cmd: mkdir -p o5; touch 
              o5/thisisaverylong_path_name_that_exceeds_one_hundred_and_twenty_eight_characters_in_total_so_that_it_becomes_an_explicit_key_in_yaml.txt
              o5/anotherisaverylong_path_name_that_exceeds_one_hundred_and_twenty_eight_characters_in_total_so_that_it_becomes_an_explicit_key_in_yaml.txt
            deps:
            - src.py
            outs:
            - ? o5/anotherisaverylong_path_name_that_exceeds_one_hundred_and_twenty_eight_characters_in_total_so_that_it_becomes_an_explicit_key_in_yaml.txt
              : cache: false
                persist: true
            - o5/thisisaverylong_path_name_that_exceeds_one_hundred_and_twenty_eight_characters_in_total_so_that_it_becomes_an_explicit_key_in_yaml.txt

        """#

    static let lock = #"""
        schema: '2.0'
        stages:
          one:
            cmd: echo 1 > out1
            deps:
            - path: src.py
              hash: md5
              md5: 401b30e3b8b5d629635a5c613cdb7919
              size: 2
            params:
              params.yaml:
                big: 0.0001
                int: 10
                lr: 0.0001
                nul:
                yes: yes
              p.json:
                a.b:
                - 100000.0
                - 1.0
                - true
                - 
                a.z: 1
              p.toml:
                t:
                  b: 1.5
                  a:
                  - 1
                  - 2
                z: 1
            outs:
            - path: out1
              hash: md5
              md5: b026324c6904b2a9cb4b88d6d61c81d1
              size: 2
          two:
            cmd: echo 2 > out2; echo {} > m1.json; echo {} > m2.json; echo a > pl1.csv; 
              echo b > pl2.csv; mkdir -p keep; echo 1 > keep/f; echo "this is a very 
              long command line that goes on and on"
            deps:
            - path: dir with space/ü.txt
              hash: md5
              md5: 009520053b00386d1173f3988c55d192
              size: 2
            - path: out1
              hash: md5
              md5: b026324c6904b2a9cb4b88d6d61c81d1
              size: 2
            params:
              params.yaml:
                list:
                - 1
                - 2.5
                - - a
                  - b
                - x: 1
                long: aaaaaaaaaaaa bbbbbbbbbbbbbbb cccccccccccccccccc ddddddddddddd 
                  eeeeeeeeeeeeeeee fffffffffff gggggggg hhhhhhh
                names:
                  0: cat
                  1: dog
                nested:
                  zeta: 1
                  alpha: {}
                  empty: []
                  s: multi line
                  lit: "a\nb\n"
                none_list:
                - 
                - 
                - ''
                num: '123'
                text: 'a: b'
            outs:
            - path: keep
              hash: md5
              md5: 902c1837b615c57e919882031a5e8c11.dir
              size: 2
              nfiles: 1
            - path: m1.json
              hash: md5
              md5: 8a80554c91d9fca8acb82f023de02f11
              size: 3
            - path: m2.json
              hash: md5
              md5: 8a80554c91d9fca8acb82f023de02f11
              size: 3
            - path: out2
              hash: md5
              md5: 26ab0db90d72e28ad0ba1e22ee510510
              size: 2
            - path: pl1.csv
              hash: md5
              md5: 60b725f10c9c85c70d97880dfe8191b3
              size: 2
            - path: pl2.csv
              hash: md5
              md5: 3b5d5c3712955042212316173ccf37be
              size: 2
          three:
            cmd: cat 1 > ../o3
            params:
              params.yaml:
                q: 1
              p.json:
                r: 1
              p.toml:
                t.b: 2.0
                z: 1
            outs:
            - path: ../o3
              hash: md5
              md5: b026324c6904b2a9cb4b88d6d61c81d1
              size: 2
          '7':
            cmd: echo a > o4
            deps:
            - path: d
              hash: md5
              md5: 779c82a4c0e7d68f552944e8363a41f9.dir
              size: 34
              nfiles: 5
            outs:
            - path: o4
              hash: md5
              md5: 60b725f10c9c85c70d97880dfe8191b3
              size: 2
          five:
            cmd: mkdir -p o5; touch 
              o5/thisisaverylong_path_name_that_exceeds_one_hundred_and_twenty_eight_characters_in_total_so_that_it_becomes_an_explicit_key_in_yaml.txt
              o5/anotherisaverylong_path_name_that_exceeds_one_hundred_and_twenty_eight_characters_in_total_so_that_it_becomes_an_explicit_key_in_yaml.txt
            deps:
            - path: src.py
              hash: md5
              md5: 401b30e3b8b5d629635a5c613cdb7919
              size: 2
            outs:
            - path: 
                o5/anotherisaverylong_path_name_that_exceeds_one_hundred_and_twenty_eight_characters_in_total_so_that_it_becomes_an_explicit_key_in_yaml.txt
              hash: md5
              md5: d41d8cd98f00b204e9800998ecf8427e
              size: 0
            - path: 
                o5/thisisaverylong_path_name_that_exceeds_one_hundred_and_twenty_eight_characters_in_total_so_that_it_becomes_an_explicit_key_in_yaml.txt
              hash: md5
              md5: d41d8cd98f00b204e9800998ecf8427e
              size: 0

        """#
}
