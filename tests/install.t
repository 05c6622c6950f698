#!/usr/bin/perl
# What `make install` puts into a folder works from there, and `make uninstall` leaves nothing of it.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Temp qw(tempdir);
use Test::More;

my $build = $ENV{TT_BUILD} // 'build/release';
my ($cc, $opt) = split / /, $ENV{TT_CC} // 'cc -O2 -g', 2;
my ($version) = `cat include/tagtrend.h` =~ /define TT_VERSION "(.*)"/;
my $tmp = abs_path(tempdir(CLEANUP => 1));
# nothing of a make around this one, whose folders might be real ones
delete @ENV{grep { /^MAKE|^MFLAGS|DIR$|^(?:PREFIX|B|MODE|CFLAGS|LDFLAGS)$/ } keys %ENV};

# A build of its own, so that this one keeps its folders; only what knows the folders is compiled anew.
is system("cp -a $build $tmp/build"), 0, 'the build is copied';
my $make = "make -s --no-print-directory MODE=copy B=$tmp/build CC='$cc' 'OPT.copy=$opt' PREFIX=$tmp/prefix";
sub run { my ($what) = @_; my $out = `($what) 2>&1`; is $? >> 8, 0, $what =~ s/\Q$tmp\E/TMP/gr or diag substr $out, -2000; return $out; }
sub left { return grep { /\S/ } split /\n/, `cd $_[0] 2>/dev/null && find . ! -type d`; }

for my $case (['', "$tmp/prefix"], ["$tmp/dest", "$tmp/dest$tmp/prefix"]) {
    my ($dest, $at) = @$case;
    my $lib = "$at/lib";
    run("$make install DESTDIR=$dest");
    my %there = map { $_ => 1 } left($at);
    ok $there{$_}, "there is $_"
        for './bin/tagtrend', './include/tagtrend.h', './lib/libtagtrend.a', "./lib/libtagtrend.so.$version", './lib/libtagtrend.so.0',
        './lib/libtagtrend.so', './lib/pkgconfig/tagtrend.pc', './share/man/man1/tagtrend.1', './share/man/man5/tagtrend-lexicon.5',
        './share/man/man3/libtagtrend.3', './share/tagtrend/lexicons/models.csv', './share/bash-completion/completions/tagtrend',
        './share/zsh/site-functions/_tagtrend', './share/fish/vendor_completions.d/tagtrend.fish';
    is readlink "$lib/libtagtrend.so", 'libtagtrend.so.0', 'the link of the linker';
    is readlink "$lib/libtagtrend.so.0", "libtagtrend.so.$version", 'the link of the loader';
    like `readelf -d $lib/libtagtrend.so`, qr/SONAME.*\[libtagtrend\.so\.0\]/, 'its soname';
    is `$at/bin/tagtrend --version`, "tagtrend $version\n", 'the program runs';

    # the program that the header opens with, by pkg-config, with the shared library and with the static one
    my $pc = ($dest ? "PKG_CONFIG_SYSROOT_DIR=$dest " : '') . "PKG_CONFIG_PATH=$lib/pkgconfig pkg-config";
    is `$pc --modversion tagtrend`, "$version\n", 'pkg-config knows the version';
    is `$pc --libs tagtrend` =~ s/\s+\z//r, "-L$lib -ltagtrend", 'pkg-config --libs';
    my ($code) = `cat include/tagtrend.h` =~ /(\n \*     #include <stdio\.h>.*?\n \*     \}\n)/s;
    open my $o, '>', "$tmp/p.c" or die $!;
    print $o $code =~ s/^ \*( {5})?//mgr;
    close $o;
    run("$cc $opt -o $tmp/p $tmp/p.c \$($pc --cflags --libs tagtrend)");
    like `LD_LIBRARY_PATH=$lib ldd $tmp/p`, qr/libtagtrend\.so\.0 => \Q$lib\E/, 'it asks for the shared library';
    like `LD_LIBRARY_PATH=$lib $tmp/p`, qr/\Aperiod,period_start,/, 'it prints trends';
    unlink "$lib/libtagtrend.so";
    run("$cc $opt -o $tmp/p $tmp/p.c \$($pc --static --cflags --libs tagtrend)");
    like `$tmp/p`, qr/\Aperiod,period_start,/, 'the static library does, too';

    if (!$dest) { # the lexicons are found from any place
        mkdir "$tmp/empty";
        my $archive = abs_path('tests/archive');
        like `cd $tmp/empty && $at/bin/tagtrend topics -q $archive`, qr/^openai,OpenAI,organization,/m, 'it finds its lexicons';
        open my $own, '>', "$at/share/tagtrend/lexicons/own.csv" or die $!;
        close $own;
    }
    run("$make uninstall DESTDIR=$dest");
    is_deeply [left($at)], $dest ? [] : ['./share/tagtrend/lexicons/own.csv'], 'nothing is left but what others put there';
    ok !-d "$dest$tmp", 'nor a folder' if $dest;
}
unlink "$tmp/prefix/share/tagtrend/lexicons/own.csv";
run("$make uninstall");
ok !-d "$tmp/prefix/share/tagtrend", 'our folder goes when it is empty';
done_testing;
