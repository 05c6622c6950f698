#!/usr/bin/perl
# Runs the examples of tests/spec/counting.md. Under each heading an empty folder is begun; a block ```file NAME writes a
# file into it; each line `$ tagtrend …` of a block ```console is run there, and what follows it must be what it prints on
# standard output and standard error together.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Path qw(make_path);
use File::Temp qw(tempdir);

my $build = abs_path($ENV{TT_BUILD} // 'build/release');
$ENV{PATH} = "$build:$ENV{PATH}";
$ENV{LC_ALL} = 'C';

my ($dir, $heading, $block, $text, @tests) = (undef, '', undef, '');
sub run_block {
    my ($kind, $name) = split ' ', $block, 2;
    if ($kind eq 'file') {
        make_path(dirname("$dir/$name"));
        open my $h, '>:raw', "$dir/$name" or die "$name: $!";
        print $h $text;
        close $h;
    } elsif ($kind eq 'console') {
        for my $part (split /^(?=\$ )/m, $text) {
            my ($cmd, $want) = $part =~ /^\$ (.*)\n((?s).*)$/ or die "bad console block under $heading";
            my $got = `cd '$dir' && { $cmd\n} 2>&1 </dev/null`;
            push @tests, [$heading, $cmd, $want, $got];
        }
    }
}
open my $doc, '<:raw', 'tests/spec/counting.md' or die "tests/spec/counting.md: $!";
while (<$doc>) {
    if (defined $block) {
        if (/^```\s*$/) { run_block(); $block = undef } else { $text .= $_ }
    } elsif (/^```(.+)/) {
        ($block, $text) = ($1, '');
    } elsif (/^#+ (.*)/) {
        ($heading, $dir) = ($1, tempdir(CLEANUP => 1));
    }
}
print '1..', scalar @tests, "\n";
my $n = 0;
for (@tests) {
    my ($h, $cmd, $want, $got) = @$_;
    $n++;
    print $want eq $got ? "ok $n - $h: $cmd\n" : "not ok $n - $h: $cmd\n";
    next if $want eq $got;
    s/^/#   /mg for $want, $got;
    print "# wanted:\n$want# got:\n$got";
}
die "no example was found\n" unless $n;
