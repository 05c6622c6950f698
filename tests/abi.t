#!/usr/bin/perl
# The shared library exports what tagtrend.h declares, and nothing else; and that, with the sizes and fields of the types
# that its functions take, is tests/abi.txt (of 64-bit machines). A change there that is more than a new last function
# breaks programs that were linked before: it needs a new soname once 0.1 is out. `make accept` writes the file anew.
use strict;
use warnings;
use File::Temp qw(tempdir);
use Test::More;

my $build = $ENV{TT_BUILD} // 'build/release';
my $cc = $ENV{TT_CC} // 'cc';
my $tmp = tempdir(CLEANUP => 1);
open my $h, '<', 'include/tagtrend.h' or die $!;
my $header = do { local $/; <$h> };
$header =~ s{/\*.*?\*/}{}gs;

my @declared = sort grep { $_ } map { /^(?!typedef)[a-z][^;{}]*?\b(tt_\w+)\(/ ? $1 : '' } split /;\s*/, $header =~ s/^#.*//mgr =~ s/^\s+//mgr;
my @symbols = grep { !/ A TAGTREND_0/ && !/__(asan|ubsan|odr|gcov)/ } `nm -D --defined-only --with-symbol-versions $build/libtagtrend.so`;
my @exported = sort map { / (\w+)\@\@TAGTREND_0$/ ? $1 : () } @symbols;
my @others = grep { !/\@\@TAGTREND_0$/ } @symbols;
is_deeply \@exported, \@declared, 'the library exports the functions of tagtrend.h';
is_deeply \@others, [], 'and nothing else';

# what can be reached from a function's arguments
my %body;
$body{$2} = $1 while $header =~ /^typedef (?:struct|enum) \w+ \{(.*?)\} (\w+);/msg;
my %is_struct = map { $_ => 1 } $header =~ /^typedef struct \w+ \{.*?\} (\w+);/msg;
my @todo = map { my $f = $_; ($header =~ /\b\Q$f\E\((.*?)\);/s)[0] =~ /\b(tt_\w+)/g } @declared;
my %reached;
while (defined(my $type = shift @todo)) {
    next if $reached{$type}++ || !$body{$type};
    push @todo, $body{$type} =~ /\b(tt_\w+)/g;
}
my $program = "#include <stdio.h>\n#include <stddef.h>\n#include <tagtrend.h>\nint main(void)\n{\n";
for my $type (sort grep { $body{$_} } keys %reached) {
    if ($is_struct{$type}) {
        $program .= "printf(\"struct $type %zu\\n\", sizeof($type));\n";
        for my $field (map { /\(\*(\w+)\)/ ? $1 : map { /(\w+)\s*(?:\[[^\]]*\])?\s*$/ ? $1 : () } split /,/ } grep { /\S/ } split /;/, $body{$type}) {
            $program .= "printf(\"  $field %zu\\n\", offsetof($type, $field));\n";
        }
    } else {
        $program .= "printf(\"enum $type\\n\");\n";
        $program .= "printf(\"  $_ %d\\n\", (int)$_);\n" for $body{$type} =~ /\b(TT_\w+)/g;
    }
}
my ($errors) = $header =~ /enum \{\s*(TT_OK.*?)\}/s;
$program .= "printf(\"error $_ %d\\n\", (int)$_);\n" for $errors =~ /\b(TT_\w+)/g;
open my $o, '>', "$tmp/p.c" or die $!;
print $o $program, "return 0;\n}\n";
close $o;
is system("$cc -std=c11 -Iinclude -o $tmp/p $tmp/p.c"), 0, 'the types are asked';
my $now = join('', map { "function $_\n" } @declared) . `$tmp/p`;
if ($ENV{TT_ACCEPT}) {
    open my $out, '>', 'tests/abi.txt' or die $!;
    print $out $now;
    close $out;
}
open my $in, '<', 'tests/abi.txt' or die "tests/abi.txt: $!";
my $then = do { local $/; <$in> };
if (length pack('P', undef) != 8) {
    print "# the list is of 64-bit machines\n";
} else {
    is $now, $then, 'functions and types are those of tests/abi.txt; if the change is meant, `make accept`';
}
done_testing;
