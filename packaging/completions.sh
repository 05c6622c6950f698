#!/bin/sh
# completions.sh bash|zsh|fish PROGRAM DATADIR: writes completions for a shell. Commands, options and values are read from
# the program's --help, which is made from its one table of options (src/cli/table.c); ids of topics are the first column
# of the lexicon that the command line names, or of ./lexicons, or of the installed one.
set -eu
shell=$1 program=$2
lexicons=$3/lexicons

# Rows with tabs between: C command help | O command letter name kind values help. Kind: none, file, folder, topic,
# word (values, if there are any), maybe (a value that may be left out).
rows() {
    "$program" --help | sed -n 's/^  \([a-z][a-z]*\)  *\(.*\)/C\t\1\t\2/p'
    for command in $("$program" --help | sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p'); do
        "$program" "$command" --help | sed -n 's/^  \(-[A-Za-z]\),* --\([a-z-]*\)/\1 \2/p; s/^      --\([a-z-]*\)/- \1/p' |
            awk -v command="$command" '{
                letter = substr($1, 2)
                name = $2
                value = $0 ~ /^-[A-Za-z]* [a-z-]+ [^ ]/ ? $3 : ""
                help = $0
                sub(/^-[A-Za-z]* [a-z-]+( [^ ]+)? +/, "", help)
                if (value == "") kind = "none"
                else if (value ~ /^\[/) kind = "maybe"
                else if (value == "ID") kind = "topic"
                else if (value == "FOLDER") kind = "folder"
                else kind = value ~ /^(PATH|FILE)/ ? "file" : "word"
                # "…: svg, png or pdf (…": the values of an option stand in its help
                values = ""
                if (value ~ /^(FORMAT|PERIOD|HOW|WHAT|WHEN|KIND|CODE|COLORS)$/) {
                    values = help
                    sub(/ \(.*|;.*|, or such.*|, ….*/, "", values)
                    sub(/.*: /, "", values)
                    gsub(/, | or /, " ", values)
                    if (match(help, command ": [a-z]+ too"))
                        values = values " " substr(help, RSTART + length(command) + 2, RLENGTH - length(command) - 6)
                }
                printf "O\t%s\t%s\t%s\t%s\t%s\t%s\n", command, letter, name, kind, values, help
            }'
    done
}

topics() { # for bash and zsh: the words of the command line as arguments
    cat <<EOF
_tagtrend_topics() {
    local word last=
    local -a list
    list=()
    for word; do
        case \$last:\$word in
        -l:* | --lexicon:*) list+=("\${word/#\~\//\$HOME/}") ;;
        *:--lexicon=*) list+=("\${word#--lexicon=}") ;;
        esac
        [ "\$word" = = ] || last=\$word
    done
    [ \${#list[@]} = 0 ] && [ -d lexicons ] && list=(lexicons)
    [ \${#list[@]} = 0 ] && list=('$lexicons')
    _tagtrend_ids "\${list[@]}"
}
_tagtrend_ids() {
    local file
    for file; do
        if [ -d "\$file" ]; then
            command find "\$file" -maxdepth 1 -name '*.csv' ! -name sections.csv -exec cut -d, -f1 {} +
        elif [ -f "\$file" ]; then
            command cut -d, -f1 "\$file"
        fi
    done 2>/dev/null | command grep -x '[a-z0-9][a-z0-9-]*' | command grep -vx topic | LC_ALL=C command sort -u
}
EOF
}

case $shell in
bash)
    echo '# bash completion of tagtrend; made from its --help'
    topics
    rows | awk -F '\t' '
        $1 == "C" { commands = commands " " $2; order[++n] = $2 }
        $1 == "O" {
            options[$2] = options[$2] " --" $4 ($3 == "" ? "" : " -" $3)
            at = $2 ":--" $4 ($3 == "" ? "" : " | " $2 ":-" $3)
            if ($5 == "topic") act = "words=$(_tagtrend_topics \"${COMP_WORDS[@]}\") value=1"
            else if ($5 == "word") act = "words=\"" $6 "\" value=1"
            else if ($5 == "file") act = "compopt -o filenames; COMPREPLY=($(compgen -f -- \"$cur\")); return"
            else if ($5 == "folder") act = "compopt -o filenames; COMPREPLY=($(compgen -d -- \"$cur\")); return"
            else next
            cases = cases "    " at ") " act " ;;\n"
        }
        END {
            print "_tagtrend() {"
            print "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} words= value="
            print "    local IFS=$'"'\\\\n'"'"
            print "    COMPREPLY=()"
            print "    if [ \"$prev\" = = ]; then prev=${COMP_WORDS[COMP_CWORD - 2]}; elif [ \"$cur\" = = ]; then cur=; fi"
            print "    case $command:$prev in"
            printf "%s", cases
            print "    esac"
            print "    if [ -z \"$words$value\" ]; then"
            print "        case $COMP_CWORD:$command:$cur in"
            print "        1:*) words=\"" substr(commands, 2) " --help --version\" ;;"
            for (i = 1; i <= n; i++) {
                c = order[i]
                print "        *:" c ":-*) words=\"" substr(options[c], 2) "\" ;;"
            }
            print "        2:ask:*) words=$(_tagtrend_topics \"${COMP_WORDS[@]}\") ;;"
            print "        *) compopt -o filenames; COMPREPLY=($(compgen -f -- \"$cur\")); return ;;"
            print "        esac"
            print "    fi"
            print "    COMPREPLY=($(compgen -W \"${words// /$IFS}\" -- \"$cur\"))"
            print "}"
            print "complete -F _tagtrend tagtrend"
        }'
    ;;
zsh)
    echo '#compdef tagtrend'
    echo '# zsh completion of tagtrend; made from its --help'
    topics
    rows | awk -F '\t' '
        function quoted(s) { gsub(/'\''/, "'"'\\\\''"'", s); return s }
        $1 == "C" { h = $3; sub(/:/, "\\:", h); order[++n] = $2; list = list " " "'\''" $2 ":" quoted(h) "'\''" }
        $1 == "O" {
            h = $7
            gsub(/[:\[\]\\]/, "\\\\&", h)
            what = $6 == "" ? ":value: " : ":value:(" $6 ")"
            if ($5 == "none") what = ""
            else if ($5 == "maybe") what = "::value: "
            else if ($5 == "topic") what = ":topic:_tagtrend_ids_of_line"
            else if ($5 == "file") what = ":file:_files"
            else if ($5 == "folder") what = ":folder:_files -/"
            rest = "[" quoted(h) "]" what "'\''"
            all[$2] = all[$2] " \\\n            '\''*--" $4 ($5 == "none" ? "" : "=") rest
            if ($3 != "")
                all[$2] = all[$2] " \\\n            '\''*-" $3 ($5 == "none" ? "" : "+") rest
        }
        END {
            print "_tagtrend_ids_of_line() { local -a ids; ids=(${(f)\"$(_tagtrend_topics \"${words[@]}\")\"}); compadd -a ids }"
            print "_tagtrend() {"
            print "    local -a commands"
            print "    commands=(" substr(list, 2) ")"
            print "    if (( CURRENT == 2 )); then _describe command commands; return; fi"
            print "    shift words; (( CURRENT-- ))"
            print "    case $words[1] in"
            for (i = 1; i <= n; i++) {
                c = order[i]
                print "    " c ")\n        _arguments -s :" all[c] (c == "ask" ? " \\\n            '"'1:query:_tagtrend_ids_of_line'"'" : "") \
                    " \\\n            '"'*:archive:_files'"' ;;"
            }
            print "    esac"
            print "}"
            print "_tagtrend \"$@\""
        }'
    ;;
fish)
    cat <<EOF
# fish completion of tagtrend; made from its --help
function __tagtrend_topics
    set -l words (commandline -opc)
    set -l list
    for i in (seq (count \$words))
        switch \$words[\$i]
            case -l --lexicon
                set -a list (string replace -r '^~/' "\$HOME/" -- \$words[(math \$i + 1)])
            case '--lexicon=*'
                set -a list (string replace -- --lexicon= '' \$words[\$i])
        end
    end
    if test (count \$list) -eq 0
        test -d lexicons; and set list lexicons; or set list $lexicons
    end
    for path in \$list
        if test -d \$path
            command find \$path -maxdepth 1 -name '*.csv' ! -name sections.csv -exec cut -d, -f1 {} +
        else if test -f \$path
            command cut -d, -f1 \$path
        end
    end 2>/dev/null | string match -r '^[a-z0-9][a-z0-9-]*\$' | string match -v topic | sort -u
end
EOF
    rows | awk -F '\t' '
        function quoted(s) { gsub(/\\/, "\\\\", s); gsub(/'\''/, "\\'\''", s); return "'\''" s "'\''" }
        $1 == "C" { print "complete -c tagtrend -n __fish_use_subcommand -f -a " $2 " -d " quoted($3) }
        $1 == "O" {
            what = " -x -a " quoted($6)
            if ($5 == "none" || $5 == "maybe") what = ""
            else if ($5 == "topic") what = " -x -a '"'(__tagtrend_topics)'"'"
            else if ($5 == "file") what = " -r -F"
            else if ($5 == "folder") what = " -x -a '"'(__fish_complete_directories)'"'"
            print "complete -c tagtrend -n '"'__fish_seen_subcommand_from \" \$2 \"'"'" ($3 == "" ? "" : " -s " $3) " -l " $4 what " -d " quoted($7)
        }'
    echo "complete -c tagtrend -n '__fish_seen_subcommand_from ask' -a '(__tagtrend_topics)'"
    ;;
esac
