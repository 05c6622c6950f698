#!/usr/bin/perl
# The pages of sections 3 and 5 say what the library and the lexicon are: every public function and limit, every column,
# and examples that give what they say.
use strict;
use warnings;
use File::Temp qw(tempdir);
use Test::More;

my $build = $ENV{TT_BUILD} // 'build/release';
my $cc = $ENV{TT_CC} // 'cc';
my $libs = $ENV{TT_LIBS} // die "TT_LIBS is not set: run me by make test\n";
my $tmp = tempdir(CLEANUP => 1);
sub slurp { open my $in, '<', $_[0] or die "$_[0]: $!"; local $/; return <$in>; }
sub spew { open my $o, '>', $_[0] or die $!; print $o $_[1]; close $o; }
sub blocks { return map { s/\\e/\\/gr } $_[0] =~ /^\.Bd -literal[^\n]*\n(.*?)^\.Ed$/msg; }
my ($header, $three, $five) = map { slurp($_) } 'include/tagtrend.h', 'src/cli/libtagtrend.3', 'src/cli/tagtrend-lexicon.5';

# libtagtrend(3)
my %declared = map { /^[a-z].*?\b(tt_[a-z_]+)\((.*)\)$/s ? ($1 => $2) : () }
    map { s/\s+/ /gr } grep { !/^typedef/ } $header =~ /^([a-z][^;{}]*?\))\s*;/mg;
my ($synopsis) = $three =~ /^\.Sh SYNOPSIS\n(.*?)^\.Sh/ms;
my %shown;
while ($synopsis =~ /^\.F([no]) (\w+)(.*?)(?=^\.Ft|\z)/msg) {
    my ($kind, $name, $rest) = ($1, $2, $3);
    $shown{$name} = join ', ', $rest =~ /"(.*?)"/g;
}
is_deeply \%shown, \%declared, 'libtagtrend(3) has the functions of tagtrend.h with their arguments';
like $three, qr/^\.Fn \Q$_\E\b(?!.*")/m, "and says what $_ does" for grep { !/_name$/ } sort keys %declared;
my ($limits) = $header =~ /^enum \{\n(    TT_MAX_.*?)\};/ms;
is_deeply [$three =~ /^\.It Dv (TT_MAX_\w+)/mg], [$limits =~ /^    (TT_MAX_\w+)/mg], 'its limits are those of tagtrend.h';
is_deeply [$three =~ /^\.It Dv (TT_E\w+)/mg], [$header =~ /^    (TT_E\w+)/mg], 'and so are its errors';
my ($program) = blocks($three);
spew("$tmp/p.c", $program);
is system("$cc -std=c11 -Wall -Wextra -Wpedantic -Werror -Iinclude -o $tmp/p $tmp/p.c $build/libtagtrend.a $libs 2>$tmp/err"), 0,
    'its example compiles' or diag slurp("$tmp/err");
like `$tmp/p tests/archive`, qr/\A\{"period":"20\d\d-Q\d",.*"topic":/, 'and prints quarters';
is $? >> 8, 0, 'and ends well';

# tagtrend-lexicon(5)
my ($lexicon, $text, $want) = blocks($five);
mkdir "$tmp/lexicons";
spew("$tmp/lexicons/a.csv", $lexicon);
spew("$tmp/2020-01-01.txt", $text);
my $got = join '', map { /^(?:[^,]*,){5}([^,]+),[^,]*,[^,]*,(\d+)/ ? "$1 $2\n" : () }
    grep { !/^issue,/ } split /\n/, `$build/tagtrend counts -q -l $tmp/lexicons $tmp/2020-01-01.txt`;
is $got, $want, 'tagtrend-lexicon(5): the example counts what it says';
is `$build/tagtrend check $tmp/lexicons`, '', 'and check has nothing to say of it';
my ($columns) = $lexicon =~ /\A(.*)\n/;
is_deeply [($five =~ /^\.Ss Columns\n(.*?)^\.Ss/ms)[0] =~ /^\.It Li (\w+)/mg], [split /,/, $columns], 'it has each column';
my $of_set = slurp('lexicons/models.csv') =~ s/\n.*//sr;
is $columns, $of_set, 'as the curated set has them';

SKIP: {
    skip 'mandoc is not here', 1 if system('command -v mandoc >/dev/null 2>&1') != 0;
    is `mandoc -T lint -W warning src/cli/libtagtrend.3 src/cli/tagtrend-lexicon.5 2>&1`, '', 'mandoc finds nothing';
}
done_testing;
