// Command alloy-syntax tells whether files are syntactically valid Alloy
// configuration, by Alloy's own published parser. It knows nothing of
// components, so an unknown block or attribute passes; `alloy validate` is
// the check for those.
//
// Exit status: 0 every file parses; 1 one does not (its diagnostics are on
// standard error); 2 a file can't be read or none was named. With --version it
// prints which version of the parser it holds.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"github.com/grafana/alloy/syntax/diag"
	"github.com/grafana/alloy/syntax/parser"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: alloy-syntax FILE...")
		os.Exit(2)
	}
	if os.Args[1] == "--version" {
		version()
		return
	}
	status := 0
	for _, name := range os.Args[1:] {
		text, err := os.ReadFile(name)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		if _, err := parser.ParseFile(name, text); err != nil {
			report(name, text, err)
			status = 1
		}
	}
	os.Exit(status)
}

// report prints every diagnostic with its line of source where the parser
// gives positions, else the plain error.
func report(name string, text []byte, err error) {
	var diagnostics diag.Diagnostics
	if errors.As(err, &diagnostics) && diag.Fprint(os.Stderr, map[string][]byte{name: text}, diagnostics) == nil {
		return
	}
	fmt.Fprintln(os.Stderr, err)
}

func version() {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/grafana/alloy/syntax" {
			fmt.Println(module.Path, module.Version)
		}
	}
}
