/// Recorded from `dvc repro --dry` of DVC 3.67.1 with three hash seeds each.
///
/// Orders that depend on the seed are left out. Frozen stages print nothing in a dry run, so they are in no order.
let dvcOrders = """
    graph diamond
    stage a : src : A
    stage b : A : B
    stage c : A : C
    stage d : C B : D
    stage f : G : F
    stage g : src : G
    stage e : D F : E
    case  => a b c d g f e
    case -P => a b c d g f e
    case g => g
    case -s g a => g a
    case -p a => a b c d g f e
    case -p g a => a b c d g f e
    case --downstream g => g f e
    case --downstream g a => a b c d g f e

    graph reversed
    stage last : m : z
    stage mid : f : m
    stage first : src : f
    case  => first mid last
    case -P => first mid last
    case mid => first mid
    case mid first => first mid
    case -s mid first => mid first
    case -p first => first mid last
    case -p mid first => first mid last
    case --downstream mid => mid last
    case --downstream mid first => first mid last

    graph folders
    stage use : out : u
    stage p3 : src : out/sub/3
    stage p1 : src : out/1
    stage p2 : src : out/sub/2
    stage in : big/x/y : v
    stage big : src : big
    case  => p3 p2 p1 use big in
    case -P => p3 p2 p1 use big in
    case big => big
    case -s big p3 => big p3
    case -p p3 => p3 p2 p1 use
    case -p big p3 => big in p3 p2 p1 use
    case --downstream big => big in
    case --downstream big p3 => p3 use big in

    graph frozen
    stage a : src : A
    stage b : A : B : frozen
    stage c : B : C
    stage d : A : D
    case  => a c d
    case -P => a c d
    case d => a d
    case d c => a c d
    case -s d c => d c
    case -p c => c
    case -p d c => a d c
    case --downstream d => d
    case --downstream d c => c d

    graph islands
    stage x : src : X
    stage a : src : A
    stage y : X : Y
    stage b : A : B
    stage lone :  : L
    case  => x a y b lone
    case -P => x a y b lone
    case y => x y
    case y x => x y
    case -s y x => y x
    case -p x => x y
    case -p y x => x y
    case --downstream y => y
    case --downstream y x => x y

    graph joined
    stage t1 : s1 s2 : T1
    stage t2 : s2 s1 : T2
    stage m1 : src : s1
    stage m2 : src : s2
    stage end : T2 T1 : E
    case  => m1 m2 t1 t2 end
    case -P => m1 m2 t1 t2 end
    case t1 => m1 m2 t1
    case t1 end => m1 m2 t1 t2 end
    case -s t1 end => t1 end
    case -p end => m1 m2 t1 t2 end
    case -p t1 end => m1 m2 t1 t2 end
    case --downstream t1 => t1 end
    case --downstream t1 end => t1 end

    graph random0
    stage s7 : src : o7
    stage s6 : src : o6
    stage s3 : src : o3
    stage s9 : o0 o3 o8 : o9
    stage s5 : o0 o1 o4 : o5
    stage s10 : o4 : o10
    stage s0 : src : o0
    stage s2 : src : o2
    stage s4 : o0 : o4 : frozen
    stage s1 : src : o1 : frozen
    stage s8 : src : o8
    case  => s7 s6 s3 s0 s8 s9 s5 s10 s2
    case -P => s7 s6 s3 s0 s8 s9 s5 s10 s2
    case s2 => s2
    case -s s2 s8 => s2 s8
    case -p s8 => s3 s0 s8 s9 s5 s10
    case -p s2 s8 => s2 s3 s0 s8 s9 s5 s10
    case --downstream s2 => s2
    case --downstream s2 s8 => s8 s9 s2

    graph random1
    stage s3 : o1 o2 o0 : o3
    stage s6 : src : o6
    stage s4 : o0 : o4
    stage s10 : o1 o9 o4 : o10
    stage s9 : o5 o8 : o9
    stage s8 : o0 o5 o7 : o8
    stage s12 : o10 o9 : o12
    stage s11 : src : o11 : frozen
    stage s1 : o0 : o1
    stage s2 : o1 o0 : o2
    stage s13 : o4 o11 o6 : o13
    stage s7 : o1 o2 o6 : o7
    stage s0 : src : o0
    stage s5 : o2 o3 o1 : o5
    case  => s0 s1 s2 s3 s6 s4 s5 s7 s8 s9 s10 s12 s13
    case -P => s0 s1 s2 s3 s6 s4 s5 s7 s8 s9 s10 s12 s13
    case s10 => s0 s1 s2 s3 s6 s4 s5 s7 s8 s9 s10
    case s10 s11 => s0 s1 s2 s3 s6 s4 s5 s7 s8 s9 s10
    case -s s10 s11 => s10
    case -p s11 => s0 s1 s2 s3 s6 s4 s5 s7 s8 s9 s10 s12 s13
    case -p s10 s11 => s0 s1 s2 s3 s6 s4 s5 s7 s8 s9 s10 s12 s13
    case --downstream s10 => s10 s12

    graph random2
    stage s3 : o2 o1 : o3
    stage s8 : o2 o5 : o8
    stage s10 : o6 o9 o8 : o10
    stage s9 : src : o9
    stage s4 : o1 o0 o2 : o4
    stage s6 : o2 : o6
    stage s11 : o0 o3 o1 : o11
    stage s0 : src : o0
    stage s5 : o1 : o5 : frozen
    stage s1 : o0 : o1
    stage s2 : o1 o0 : o2
    stage s7 : o3 : o7
    case  => s0 s1 s2 s3 s8 s6 s9 s10 s4 s11 s7
    case -P => s0 s1 s2 s3 s8 s6 s9 s10 s4 s11 s7
    case s0 => s0
    case s0 s1 => s0 s1
    case -s s0 s1 => s0 s1
    case -p s1 => s0 s1 s2 s3 s8 s6 s9 s10 s4 s11 s7
    case -p s0 s1 => s0 s1 s2 s3 s8 s6 s9 s10 s4 s11 s7
    case --downstream s0 => s0 s1 s2 s3 s8 s6 s10 s4 s11 s7
    case --downstream s0 s1 => s0 s1 s2 s3 s8 s6 s10 s4 s11 s7

    graph random3
    stage s2 : o1 o0 : o2
    stage s3 : src : o3
    stage s0 : src : o0 : frozen
    stage s6 : o3 o1 : o6
    stage s4 : o3 o1 o2 : o4 : frozen
    stage s1 : o0 : o1
    stage s7 : o4 : o7
    stage s5 : src : o5
    stage s9 : o1 o4 : o9
    stage s10 : o5 : o10
    stage s8 : src : o8
    case  => s1 s2 s3 s6 s7 s5 s9 s10 s8
    case -P => s1 s2 s3 s6 s7 s5 s9 s10 s8
    case s7 => s7
    case -s s7 s8 => s7 s8
    case -p s8 => s8
    case -p s7 s8 => s1 s2 s3 s6 s7 s9 s8
    case --downstream s7 => s7

    graph random4
    stage s5 : o1 o2 o0 : o5
    stage s6 : src : o6
    stage s4 : o0 o3 : o4
    stage s0 : src : o0
    stage s2 : o1 o0 : o2
    stage s8 : src : o8
    stage s1 : o0 : o1
    stage s7 : o6 o5 : o7 : frozen
    stage s3 : o1 o2 : o3
    case  => s0 s1 s2 s5 s6 s3 s4 s8
    case -P => s0 s1 s2 s5 s6 s3 s4 s8
    case s1 => s0 s1
    case s1 s2 => s0 s1 s2
    case -s s1 s2 => s1 s2
    case -p s2 => s0 s1 s2 s5 s3 s4
    case -p s1 s2 => s0 s1 s2 s5 s3 s4
    case --downstream s1 => s1 s2 s5 s3 s4
    case --downstream s1 s2 => s1 s2 s5 s3 s4

    graph random5
    stage s1 : src : o1
    stage s7 : o3 : o7
    stage s5 : src : o5 : frozen
    stage s3 : o2 o0 o1 : o3
    stage s0 : src : o0
    stage s11 : o0 : o11
    stage s4 : o1 o2 : o4
    stage s9 : o4 : o9
    stage s10 : o4 o8 : o10
    stage s2 : o0 : o2 : frozen
    stage s12 : o7 o10 : o12
    stage s6 : src : o6
    stage s8 : o3 : o8 : frozen
    case  => s1 s0 s3 s7 s11 s4 s9 s10 s12 s6
    case -P => s1 s0 s3 s7 s11 s4 s9 s10 s12 s6
    case s4 => s1 s4
    case s4 s1 => s1 s4
    case -s s4 s1 => s4 s1
    case -p s1 => s1 s0 s3 s7 s11 s4 s9 s10 s12
    case -p s4 s1 => s1 s0 s3 s7 s11 s4 s9 s10 s12
    case --downstream s4 s1 => s1 s3 s7 s4 s9 s10 s12
    """
