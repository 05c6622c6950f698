#!/usr/bin/perl
# Command-line cases: each folder of tests/cli holds `cmd` (a shell command line), optionally `in/` (copied; the current
# folder of the command), and what is expected: `out`, `err` (each optional: empty), `exit` (optional: 0). `make accept`
# writes what comes now, so that git diff is the review. `tagtrend` in cmd is the program under test; $SAMPLE is
# tests/archive and $LEXICONS the project's lexicons.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Temp qw(tempdir);

my $root = abs_path('.');
my $build = abs_path($ENV{TT_BUILD} // 'build/release');
my $accept = $ENV{TT_ACCEPT};
$ENV{PATH} = "$build:$ENV{PATH}";
$ENV{SAMPLE} = "$root/tests/archive";
$ENV{LEXICONS} = "$root/lexicons";
$ENV{LC_ALL} = 'C';
delete $ENV{NO_COLOR};

sub slurp { my ($f) = @_; open my $h, '<:raw', $f or return ''; local $/; my $s = <$h>; return $s // '' }
sub spew { my ($f, $s) = @_; open my $h, '>:raw', $f or die "$f: $!"; print $h $s; close $h or die "$f: $!" }

my @cases = sort grep { -f "$_/cmd" } glob 'tests/cli/*';
print '1..', scalar @cases, "\n";
my $n = 0;
for my $case (@cases) {
    my $dir = tempdir(CLEANUP => 1);
    my ($name) = $case =~ m{([^/]+)$};
    system("cp -r '$case/in/.' '$dir'") if -d "$case/in";
    my $cmd = slurp("$case/cmd");
    chomp $cmd;
    system('sh', '-c', "cd '$dir' && { $cmd\n} >'$dir.out' 2>'$dir.err' </dev/null");
    my %got = (out => slurp("$dir.out"), err => slurp("$dir.err"), exit => ($? >> 8) . "\n");
    unlink "$dir.out", "$dir.err";
    s/\Q$root\E/ROOT/g for @got{qw(out err)};
    if ($accept) {
        for my $k (qw(out err exit)) {
            my $default = $k eq 'exit' ? "0\n" : '';
            $got{$k} eq $default ? unlink "$case/$k" : spew("$case/$k", $got{$k});
        }
    }
    my $bad = '';
    for my $k (qw(out err exit)) {
        my $want = -e "$case/$k" ? slurp("$case/$k") : $k eq 'exit' ? "0\n" : '';
        next if $want eq $got{$k};
        spew("$dir.want", $want);
        spew("$dir.got", $got{$k});
        $bad .= "$k differs:\n" . `diff -u '$dir.want' '$dir.got'`;
        unlink "$dir.want", "$dir.got";
    }
    $n++;
    print $bad ? "not ok $n - $name\n" : "ok $n - $name\n";
    print map { "# $_\n" } split /\n/, $bad;
}
