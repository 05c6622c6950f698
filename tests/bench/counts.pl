#!/usr/bin/perl
# In: a file of terms, a folder of Markdown. Out: CSV file,term,mentions: Markdown stripped by regular expressions, one
# alternation of all terms, which perl compiles into a trie.
use strict;
use warnings;

my ($terms, $folder) = @ARGV;
open my $t, '<:encoding(UTF-8)', $terms or die "$terms: $!";
chomp(my @terms = <$t>);
my $any = join '|', map { quotemeta } sort { length $b <=> length $a || $a cmp $b } @terms;
my $re = qr/\b($any)\b/;
print "file,term,mentions\n";
opendir my $d, $folder or die "$folder: $!";
for my $name (sort grep { !/^\./ } readdir $d) {
    open my $h, '<:encoding(UTF-8)', "$folder/$name" or die "$name: $!";
    my $s = do { local $/; <$h> };
    $s =~ s/\A---\n.*?^---\n//sm;
    $s =~ s/```.*?```|`[^`\n]*`/ /sg;
    $s =~ s/!\[[^\]]*\]\([^)]*\)/ /g;
    $s =~ s/\[([^\]]*)\]\([^)]*\)/$1/g;
    $s =~ s/<?https?:\S+/ /g;
    $s =~ s/[*_#>]+//g;
    $s = lc $s;
    my %n;
    $n{$1}++ while $s =~ /$re/g;
    print "$name,$_,$n{$_}\n" for sort keys %n;
}
