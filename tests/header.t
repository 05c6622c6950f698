#!/usr/bin/perl
# The program that tagtrend.h opens with compiles against the public header alone, links with the library, and runs.
use strict;
use warnings;
use File::Temp qw(tempdir);
use Test::More;

my $build = $ENV{TT_BUILD} // 'build/release';
my $cc = $ENV{TT_CC} // 'cc';
my $libs = $ENV{TT_LIBS} // '-lutf8proc -lcsv -lcjson -lmd4c -lyaml -lnettle -lm';
my $tmp = tempdir(CLEANUP => 1);
open my $h, '<', 'include/tagtrend.h' or die $!;
my $text = do { local $/; <$h> };
my ($comment) = $text =~ m{\A/\*(.*?)\*/}s;
my ($code) = $comment =~ /(\n \*     #include <stdio\.h>.*?\n \*     \}\n)/s;
ok $code, 'the header opens with a program';
$code =~ s/^ \*( {5})?//mg;
open my $o, '>', "$tmp/p.c" or die $!;
print $o $code;
close $o;
is system("$cc -std=c11 -Wall -Wextra -Wpedantic -Werror -Iinclude -o $tmp/p $tmp/p.c $build/libtagtrend.a $libs 2>$tmp/err"), 0, 'it compiles'
    or diag `cat $tmp/err`;
like `$tmp/p`, qr/\Aperiod,period_start,period_end,complete,section,topic,label,type,mentions,/, 'it prints trends';
done_testing;
