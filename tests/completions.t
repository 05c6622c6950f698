#!/usr/bin/perl
# The completions of each shell offer commands, options with their values, and the ids of the lexicon's topics. A shell
# that is not here is not asked.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Temp qw(tempdir);
use Test::More;

my $tagtrend = abs_path(($ENV{TT_BUILD} // 'build/release') . '/tagtrend');
my $tmp = tempdir(CLEANUP => 1);
mkdir "$tmp/$_" for qw(here mine installed installed/lexicons bin);
symlink $tagtrend, "$tmp/bin/tagtrend" or die $!;
$ENV{PATH} = "$tmp/bin:$ENV{PATH}";
sub spew { open my $o, '>', $_[0] or die $!; print $o $_[1]; close $o; }
spew("$tmp/installed/lexicons/a.csv", "topic,term\nopenai,OpenAI\nopen-source,open source\n-,Amazon rainforest\n\"x\",\"y\"\n");
spew("$tmp/installed/lexicons/sections.csv", "section,heading\nopen,open\n");
spew("$tmp/mine/my.csv", "topic,term\nopal,Opal\nopenai,OpenAI\nopenai,Open AI\n");

# Typed on the line, last word unfinished => what is offered, all of it or (with ...) some of it.
my @cases = (
    ['tagtrend me', ['mentions']],
    ['tagtrend trends --by-', ['--by-section']],
    ['tagtrend report --by-s', ['--by-section']],
    ['tagtrend issues --palette', []],
    ['tagtrend trends --by ', [qw(issue month quarter week year)]],
    ['tagtrend mentions --format ', [qw(csv grep json jsonl text)]],
    ['tagtrend counts --format ', [qw(csv json jsonl text)]],
    ['tagtrend ask -f ', [qw(json text)]],
    ['tagtrend trends --wide ', [qw(periods-across topics-across)]],
    ['tagtrend report --palette ', [qw(default grey tol)]],
    ['tagtrend report --terminal ', [qw(pdf png svg)]],
    ['tagtrend trends --topic open', [qw(open-source openai)]],
    ["tagtrend trends -l $tmp/mine --topic op", [qw(opal openai)]],
    ["tagtrend trends --lexicon=$tmp/mine/my.csv --topic op", [qw(opal openai)]],
    ['tagtrend ask opena', ['openai']],
);
my %ask = (bash => \&bash, fish => \&fish, zsh => \&zsh);

sub bash { # COMP_WORDS as bash cuts them: `=` is a word
    my ($file, $line) = @_;
    my @words = map { /^(--[a-z-]+)(=)(.*)/ ? ($1, $2, $3) : $_ } split / /, $line, -1;
    my $list = join ' ', map { "'$_'" } @words;
    return split /\n/, `bash --norc -c 'compopt() { :; }; . "\$0"; COMP_WORDS=(@{[$list =~ s/'/"/gr]}); COMP_CWORD=$#words; _tagtrend; printf "%s\\n" "\${COMPREPLY[\@]}"' $file 2>&1`;
}
sub fish {
    my ($file, $line) = @_;
    return map { s/\t.*//r } split /\n/, `HOME=$tmp XDG_CONFIG_HOME=$tmp fish --no-config -c 'source $file; complete -C "$line"' 2>&1`;
}
sub zsh { # a terminal of its own; what compadd is handed is written to a file instead of shown
    my ($file, $line) = @_;
    spew("$tmp/zshrc.zsh", <<"END");
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PROMPT=; fpath=($tmp/zfun \\\$fpath); autoload -Uz compinit; compinit -u -d $tmp/zdump; told() { zle complete-word; : >$tmp/zdone }; zle -N told; bindkey '^I' told"
zpty -w z "compadd() { if [[ \\\${@[(I)-[OAD]]} = 0 ]]; then local -a __m; builtin compadd -O __m \\\"\\\$@\\\"; print -l -- \\\$__m >>$tmp/zout; fi; builtin compadd \\\"\\\$@\\\" }"
zpty -w z "zstyle ':completion:*' list-prompt ''; cd $tmp/here; touch $tmp/zready"
repeat 600; do [[ -e $tmp/zready ]] && break; sleep 0.02; done
zpty -w -n z \$'$line\\t'
repeat 600; do [[ -e $tmp/zdone ]] && break; sleep 0.02; done
zpty -d z
END
    mkdir "$tmp/zfun";
    unlink "$tmp/zout", "$tmp/zready", "$tmp/zdone";
    system("cp $file $tmp/zfun/_tagtrend; zsh -f $tmp/zshrc.zsh >$tmp/zlog 2>&1");
    open my $in, '<', "$tmp/zout" or return ();
    my %seen;
    return grep { /\S/ && !$seen{$_}++ } map { chomp; $_ } <$in>;
}

my $root = abs_path('.');
chdir "$tmp/here" or die $!;
for my $shell (sort keys %ask) {
    my $file = "$tmp/tagtrend.$shell";
    is system("sh $root/packaging/completions.sh $shell $tagtrend $tmp/installed >$file"), 0, "$shell: they are made";
    if (system("command -v $shell >/dev/null 2>&1") != 0) {
        print "# $shell is not here\n";
        next;
    }
    is system("$shell -n $file"), 0, "$shell: the syntax is right";
    for my $case (@cases) {
        my ($line, $want) = @$case;
        is_deeply [sort $ask{$shell}->($file, $line)], $want, "$shell: $line";
    }
}
chdir $root;
done_testing;
