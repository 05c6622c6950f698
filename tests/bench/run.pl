#!/usr/bin/perl
# In: build/tagtrend, the drivers in build/bench/bin, archives. Out: big inputs below build/bench/data, what every program
# took on them, as a table on standard output and in tests/bench/RESULTS.md. README.md says what is measured and why so.
# Not here: what the inputs are made of (gen.c), the clock (measure.c).
use strict;
use warnings;
use File::Path qw(make_path remove_tree);
use List::Util qw(max min);

my $mb = $ENV{BENCH_MB} // 1000;
my $rounds = max(5, $ENV{BENCH_RUNS} // 5);
my $seed = 7;
my ($bin, $data) = ('build/bench/bin', 'build/bench/data');
my $tagtrend = 'build/tagtrend';
my $results = $ENV{BENCH_RESULTS} // 'tests/bench/RESULTS.md';
my $python = '/usr/bin/python3'; # Debian's, whose package python3-ahocorasick is
my %most = (grep => 200, script => 20); # MB that a slow program is given, the first files of the same input
$ENV{LC_ALL} = 'C.UTF-8';
$| = 1;
-x $tagtrend && -x "$bin/gen" && -x "$bin/measure" or die "run this by `make bench`\n";
$mb =~ /^[1-9]\d*$/ or die "BENCH_MB is a number of megabytes, not `$mb`\n";

# ---- inputs ----

sub slurp { my ($f) = @_; open my $h, '<', $f or return ''; local $/; return <$h> // '' }
sub files_of { my ($dir) = @_; opendir my $d, $dir or die "$dir: $!"; return map { "$dir/$_" } sort grep { !/^\./ } readdir $d }
sub size_of { my ($path) = @_; return -d $path ? eval { my $n = 0; $n += size_of($_) for files_of($path); $n } : -s $path // 0 }

# Name => folder: those of $TAGTREND_CORPUS with Markdown enough, else the sample.
sub archives {
    my $corpus = $ENV{TAGTREND_CORPUS} // '';
    return (['sample', 'tests/archive']) if $corpus eq '';
    my @found;
    for my $dir (grep { -d } files_of($corpus)) {
        my ($name) = $dir =~ m{([^/]+)$};
        my @texts = grep { /\.(?:md|markdown)$/ } map { -d $_ ? files_of($_) : $_ } files_of($dir);
        push @found, [$name, $dir] if @texts >= 20;
    }
    return @found ? @found : die "TAGTREND_CORPUS has no folder of 20 issues in Markdown\n";
}

sub generate {
    my ($form, $size, $files, $out, $from) = @_;
    my $stamp = "$form $seed $size $files " . size_of($from);
    return if -e $out . ($form eq 'lexicon' ? '.csv' : '') && slurp("$out.stamp") eq $stamp;
    remove_tree($out);
    system("$bin/gen", $form, $seed, $size, $files, $out, $from) == 0 or die "gen failed\n";
    open my $h, '>', "$out.stamp" or die $!;
    print $h $stamp;
}

# The first files of a folder, as far as `$most` MB, as links.
sub slice {
    my ($dir, $most) = @_;
    return $dir if $mb <= $most;
    my ($to, $n) = ("$dir-$most", 0);
    remove_tree($to);
    make_path($to);
    for my $file (files_of($dir)) {
        my ($name) = $file =~ m{([^/]+)$};
        last if ($n += -s $file) > $most * 1e6;
        link $file, "$to/$name" or die "$to/$name: $!";
    }
    return $to;
}

# ---- runs ----

my (@runs, %run, @missing);
sub have { my ($tool) = @_; return system("command -v $tool >/dev/null 2>&1") == 0 }

sub plan {
    my ($key, $label, $input, $there, @command) = @_;
    my $r = {key => $key, label => $label, input => $input, bytes => size_of($input), command => \@command};
    $r->{why} = $there if $there ne '';
    push @runs, $r;
    $run{$key} = $r;
}

sub measure {
    my ($r) = @_;
    open my $h, '-|', "$bin/measure", @{$r->{command}} or die $!;
    my ($wall, $cpu, $kb, $exit, $inside) = split ' ', <$h> // '';
    return $r->{why} = 'failed' if !defined $inside;
    return $r->{why} = "failed, exit status $exit" if $exit > 1;
    push @{$r->{wall}}, $wall;
    push @{$r->{cpu}}, $cpu;
    push @{$r->{inside}}, $inside if $inside ne '-';
    $r->{peak} = max($r->{peak} // 0, $kb / 1024);
}

sub median { my @v = sort { $a <=> $b } @_; return @v ? ($v[$#v >> 1] + $v[@v >> 1]) / 2 : undef }

# Short runs are repeated more often; each is done once to fill the cache, which does not count.
sub measure_all {
    my $load = (split ' ', slurp('/proc/loadavg'))[0] // '?';
    for my $round (0 .. 4 * $rounds) {
        for my $r (grep { !$_->{why} } @runs) {
            delete @$r{qw(wall cpu inside)} if $round == 1;
            next if $round > $rounds && median(@{$r->{wall}}) > 0.1;
            measure($r);
        }
        print STDERR $round == 0 ? "cache filled\n" : "round $round\n" if $round <= $rounds;
    }
    return $load;
}

# ---- the plan ----

my $threads = `$tagtrend counts --help` =~ /--threads/ ? 1 : 0;
my @one = $threads ? qw(--threads 1) : ();
my %needs = (
    rg => have('rg') ? '' : 'ripgrep is not here',
    ugrep => have('ugrep') ? '' : 'ugrep is not here',
    hyperscan => -x "$bin/hyperscan" ? '' : 'libhyperscan-dev is not here',
    python => system("$python -c 'import ahocorasick' 2>/dev/null") == 0 ? '' : 'python3-ahocorasick is not here',
    threads => $threads ? '' : 'this build has no --threads',
);

sub counts { my ($lexicon, @paths) = @_; return ($tagtrend, 'counts', '-q', '-l', $lexicon, @paths) }

sub plan_archive {
    my ($name, $dir) = @_;
    my ($md, $lex) = ("$data/$name", "$data/$name-1000");
    generate('markdown', $mb * 1e6, $mb * 10, $md, $dir);
    generate('lexicon', 1000, 0, $lex, $dir);
    my ($greps, $scripts) = map { slice($md, $most{$_}) } qw(grep script);
    my @grep = (qw(-o -i -F -f), "$lex.txt");
    plan("$name ours", "$name: tagtrend counts", $md, '', counts("$lex.csv", @one, $md));
    plan("$name two", "$name: tagtrend counts, 2 threads", $md, $needs{threads}, counts("$lex.csv", '--threads', 2, $md));
    plan("$name cat", "$name: cat", $md, '', 'sh', '-c', 'cat "$1"/*', 'sh', $md);
    plan("$name md4c", "$name: md4c alone", $md, '', "$bin/md4c", $md);
    plan("$name hs", "$name: Hyperscan, bare scan", $md, $needs{hyperscan}, "$bin/hyperscan", "$lex.txt", $md);
    plan("$name rg", "$name: ripgrep", $greps, $needs{rg}, qw(rg --no-config -j1), @grep, $greps);
    plan("$name rgw", "$name: ripgrep -w", $greps, $needs{rg}, qw(rg --no-config -j1 -w), @grep, $greps);
    plan("$name ugrep", "$name: ugrep -w", $greps, $needs{ugrep}, qw(ugrep -J1 -r -w), @grep, $greps);
    plan("$name python", "$name: Python, ahocorasick", $scripts, $needs{python}, $python,
        'tests/bench/ahocorasick_counts.py', "$lex.txt", $scripts);
    plan("$name perl", "$name: Perl", $scripts, '', 'perl', 'tests/bench/counts.pl', "$lex.txt", $scripts);
}

sub plan_forms {
    my ($name, $dir) = @_;
    my $at = "$data/$name";
    generate('text', $mb * 1e6, $mb * 10, "$at-text", $dir);
    generate('jsonl', $mb * 1e6, $mb * 10, "$at-rows.jsonl", $dir);
    generate('markdown', $mb * 2e5, 1, "$at-one", $dir);
    generate('markdown', 1e7, 100, "$at-ten", $dir);
    generate('markdown', $mb * 2e6, $mb * 20, "$at-twice", $dir);
    generate('lexicon', $_, 0, "$at-$_", $dir) for 50, 10000;
    my $lex = "$at-1000";
    plan('text', 'plain text: tagtrend counts', "$at-text", '', counts("$lex.csv", @one, "$at-text"));
    plan('text hs', 'plain text: Hyperscan, bare scan', "$at-text", $needs{hyperscan}, "$bin/hyperscan", "$lex.txt", "$at-text");
    plan('rows', 'JSON Lines: tagtrend counts', "$at-rows.jsonl", '', counts("$lex.csv", @one, "$at-rows.jsonl"));
    plan('one', 'one issue: tagtrend counts', "$at-one", '', counts("$lex.csv", @one, "$at-one"));
    plan('50', '50 terms: tagtrend counts', $at, '', counts("$at-50.csv", @one, $at));
    plan('10000', '10 000 terms: tagtrend counts', $at, '', counts("$at-10000.csv", @one, $at));
    plan('ten', '10 MB: tagtrend counts', "$at-ten", '', counts("$lex.csv", @one, "$at-ten"));
    plan('twice', 'twice the input: tagtrend counts', "$at-twice", '', counts("$lex.csv", @one, "$at-twice"));
}

# What is not repeated: archives as they are, the curated lexicons.
sub plan_real {
    my (@all) = @_;
    for (@all) {
        my ($name, $dir) = @$_;
        plan("$name real", "$name, unrepeated: tagtrend counts", $dir, '', counts("$data/$name-1000.csv", @one, $dir));
        plan("$name real md4c", "$name, unrepeated: md4c alone", $dir, '', "$bin/md4c", $dir);
    }
    my ($name, $dir) = @{$all[0]};
    plan('curated', "$name, curated lexicons: tagtrend counts", $dir, '', counts('lexicons', @one, $dir));
    plan('ask', "$name, curated lexicons: tagtrend ask openai", $dir, '', $tagtrend, 'ask', 'openai', '-q', '-l', 'lexicons', @one, $dir);
}

# ---- what came out ----

my $table = '';
sub say_line { $table .= join('', @_) . "\n" }
sub number { my ($x, $digits) = @_; return defined $x ? sprintf("%.*f", $digits // ($x < 10 ? 2 : $x < 100 ? 1 : 0), $x) : '–' }

sub took { my ($key) = @_; my $r = $run{$key}; return !$r || $r->{why} ? undef : median(@{$r->{inside} // $r->{cpu}}) }
sub per_mb { my ($key) = @_; my $t = took($key); return defined $t ? $t / $run{$key}{bytes} * 1e6 : undef }

# One figure beside what issue 7 asks; $how: <= or >=.
sub figure {
    my ($label, $value, $how, $want) = @_;
    my $met = !defined $value ? 'not measured' : ($how eq '≤' ? $value <= $want : $value >= $want) ? 'yes' : 'no';
    say_line("| $label | ", number($value), " | $how $want | $met |");
}
sub ratio { my ($x, $y) = @_; return defined $x && defined $y && $y > 0 ? $x / $y : undef }
sub wall { my ($key) = @_; my $r = $run{$key}; return !$r || $r->{why} ? undef : median(@{$r->{wall}}) }
sub peak { my ($key) = @_; return $run{$key} && !$run{$key}{why} ? $run{$key}{peak} : undef }

sub rows_table {
    say_line('| what | MB | wall ms | CPU ms | MB/s of CPU | peak MB | runs |');
    say_line('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
    for my $r (@runs) {
        if ($r->{why}) {
            say_line("| $r->{label} | – | – | – | – | – | $r->{why} |");
            next;
        }
        my $t = took($r->{key});
        say_line("| $r->{label} | ", join(' | ', number($r->{bytes} / 1e6), number(1e3 * median(@{$r->{wall}})), number(1e3 * $t),
            number($r->{bytes} / 1e6 / max($t, 1e-6)), number($r->{peak}), scalar @{$r->{wall}}), ' |');
    }
}

sub figures_table {
    my (@all) = @_;
    my $name = $all[0][0];
    say_line('| figure | value | asked | met |');
    say_line('| --- | ---: | ---: | --- |');
    for (map { $_->[0] } @all) {
        my $ours = per_mb("$_ ours");
        figure("$_: time / md4c alone", ratio($ours, per_mb("$_ md4c")), '≤', 0.5);
        figure("$_: speed / ripgrep", ratio(per_mb("$_ rg"), $ours), '≥', 5);
        figure("$_: speed / ugrep -w", ratio(per_mb("$_ ugrep"), $ours), '≥', 10);
        figure("$_: speed, 2 threads / 1 (wall)", ratio(wall("$_ ours"), wall("$_ two")), '≥', 1.8);
        figure("$_, unrepeated: time / md4c alone", ratio(took("$_ real"), took("$_ real md4c")), '≤', 0.6);
        figure("$_: peak MB", peak("$_ ours"), '≤', 128);
    }
    figure('plain text: speed / Markdown', ratio(per_mb("$name ours"), per_mb('text')), '≥', 1);
    figure('plain text: speed / Hyperscan', ratio(per_mb('text hs'), per_mb('text')), '≥', 1);
    figure('JSON Lines: speed / Markdown', ratio(per_mb("$name ours"), per_mb('rows')), '≥', 0.8);
    figure('time, 10 000 terms / 50', ratio(took('10000'), took('50')), '≤', 1.5);
    figure('time, twice the input / once', ratio(took('twice'), took("$name ours")), '≤', 2.05);
    figure('time per MB, once / 10 MB', ratio(per_mb("$name ours"), per_mb('ten')), '≤', 1.05);
    figure('one issue: peak / its size', ratio(peak('one'), $run{one}{bytes} / 1048576), '≤', 3);
    figure('ask openai: wall ms', ratio(wall('ask'), 1e-3), '≤', 30);
    figure('counts, curated: wall ms', ratio(wall('curated'), 1e-3), '≤', 20);
}

sub versions {
    my @v;
    push @v, (split /\n/, `rg --version`)[0] if !$needs{rg};
    push @v, (split /\n/, `ugrep --version`)[0] if !$needs{ugrep};
    push @v, (split / \(/, `$python --version`)[0] =~ s/\n//r if !$needs{python};
    push @v, "Perl $^V";
    return join ', ', @v;
}

sub stages {
    my ($name) = @_;
    return if `$tagtrend counts --help` !~ /--profile/;
    my @command = map { quotemeta } (counts("$data/$name-1000.csv", @one, "$data/$name"));
    my $said = `@command --profile 2>&1 >/dev/null`;
    say_line("\n## Stages of `counts`, $name\n\n```\n$said```");
}

my @all = archives();
make_path($data);
plan_archive(@$_) for @all;
plan_forms(@{$all[0]});
plan_real(@all);
my $load = measure_all();
my ($cpu) = slurp('/proc/cpuinfo') =~ /^model name\s*:\s*(.*)$/m;
say_line("# The last run of `make bench`\n");
say_line("Made by tests/bench/run.pl; README.md says how to read it. BENCH_MB=$mb, ", $cpu // 'a CPU that does not say its name',
    ", load before the first round $load. ", versions(), ".\n");
rows_table();
say_line("\n## Beside what issue 7 asks\n");
figures_table(@all);
stages($all[0][0]);
print $table;
open my $h, '>', $results or die "$results: $!";
print $h $table;
close $h or die "$results: $!";
