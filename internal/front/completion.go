package front

import (
	"flag"
	"fmt"
	"strings"

	"github.com/mapguard/mapguard/internal/front/format"
)

// completion prints the completion script of a shell.
func (a *app) completion(args []string) (int, error) {
	if len(args) != 1 {
		return exitFailed, fmt.Errorf("usage: mapguard completion bash|zsh|fish, as in: source <(mapguard completion bash)")
	}
	script, ok := map[string]string{"bash": bash, "zsh": zsh, "fish": fish}[args[0]]
	if !ok {
		return exitFailed, fmt.Errorf("there is no completion for %q, only for bash, zsh and fish", args[0])
	}
	var checks []string
	for _, c := range a.checks {
		checks = append(checks, c.Name)
	}
	_, err := fmt.Fprint(a.stdout, strings.NewReplacer(
		"@FLAGS@", strings.Join(a.flagNames(""), " "), "@FIXFLAGS@", strings.Join(a.flagNames("fix"), " "),
		"@FORMATS@", strings.Join(format.Names(), " "), "@CHECKS@", strings.Join(checks, " "),
	).Replace(script))
	return exitClean, err
}

// flagNames lists the flags of a command, but for those of go vet's own checks.
func (a *app) flagNames(command string) []string {
	var names []string
	flagSet(&options{}, command, a.checks, nil).VisitAll(func(f *flag.Flag) { names = append(names, "-"+f.Name) })
	return names
}

const bash = `# mapguard completion for bash: source <(mapguard completion bash)
_mapguard() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words
	if [ "$cur" = "=" ]; then cur=; fi
	if [ "$prev" = "=" ]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi
	case $prev in
	-format) words="@FORMATS@" ;;
	-color) words="auto always never" ;;
	-check | help) words="@CHECKS@" ;;
	completion) words="bash zsh fish" ;;
	-o | -baseline | -write-baseline | -config | -overlay | -modfile) COMPREPLY=($(compgen -f -- "$cur")); return ;;
	-C) COMPREPLY=($(compgen -d -- "$cur")); return ;;
	*)
		case $cur in
		-*) if [ "${COMP_WORDS[1]}" = fix ]; then words="@FIXFLAGS@"; else words="@FLAGS@"; fi ;;
		.*) COMPREPLY=($(compgen -d -- "$cur") $(compgen -W "./..." -- "$cur")); return ;;
		*) words="./..."; if [ "$COMP_CWORD" = 1 ]; then words="./... fix lsp help completion version"; fi ;;
		esac
		;;
	esac
	COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _mapguard mapguard
`

const zsh = `#compdef mapguard
# mapguard completion for zsh: source <(mapguard completion zsh)
_mapguard() {
	case $words[CURRENT-1] in
	-format) compadd @FORMATS@; return ;;
	-color) compadd auto always never; return ;;
	-check|help) compadd @CHECKS@; return ;;
	completion) compadd bash zsh fish; return ;;
	-o|-baseline|-write-baseline|-config|-overlay|-modfile) _files; return ;;
	-C) _files -/; return ;;
	esac
	if [[ $words[CURRENT] == -* ]]; then
		if [[ $words[2] == fix ]]; then compadd -- @FIXFLAGS@; else compadd -- @FLAGS@; fi
		return
	fi
	(( CURRENT == 2 )) && compadd fix lsp help completion version
	compadd ./...
	_files -/
}
compdef _mapguard mapguard
`

const fish = `# mapguard completion for fish: mapguard completion fish | source
complete -c mapguard -f -a "./... (__fish_complete_directories)"
complete -c mapguard -n __fish_use_subcommand -a "fix lsp help completion version"
complete -c mapguard -n "__fish_seen_subcommand_from help" -a "@CHECKS@"
complete -c mapguard -n "__fish_seen_subcommand_from completion" -a "bash zsh fish"
complete -c mapguard -o format -x -a "@FORMATS@"
complete -c mapguard -o color -x -a "auto always never"
for f in @FLAGS@
	complete -c mapguard -o (string sub -s 2 -- $f)
end
for f in @FIXFLAGS@
	complete -c mapguard -n "__fish_seen_subcommand_from fix" -o (string sub -s 2 -- $f)
end
`
