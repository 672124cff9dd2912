// Command relabel-oracle runs relabelling rules by Prometheus' own code. Each
// line of standard input is one case, {"labels": {…}, "rules": "<YAML>"}; each
// line of standard output its answer: the labels that are left, or null where
// the target is dropped, or {"error": "…"} where the rules are refused.
//
// With --version it prints which version of Prometheus it holds.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/relabel"
	"go.yaml.in/yaml/v2"
)

type testCase struct {
	Labels map[string]string `json:"labels"`
	Rules  string            `json:"rules"`
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "--version" {
		version()
		return
	}
	scanner := bufio.NewScanner(os.Stdin)
	scanner.Buffer(make([]byte, 1<<20), 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	for scanner.Scan() {
		var one testCase
		if err := json.Unmarshal(scanner.Bytes(), &one); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		if err := encoder.Encode(answer(one)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
	}
}

func answer(one testCase) any {
	var rules []*relabel.Config
	if err := yaml.UnmarshalStrict([]byte(one.Rules), &rules); err != nil {
		return map[string]any{"error": err.Error()}
	}
	for _, rule := range rules {
		// Alloy keeps to the old form of names; so do the rules that are compared.
		if err := rule.Validate(model.LegacyValidation); err != nil {
			return map[string]any{"error": err.Error()}
		}
	}
	builder := labels.NewBuilder(labels.FromMap(one.Labels))
	if !relabel.ProcessBuilder(builder, rules...) {
		return nil
	}
	return map[string]any{"labels": builder.Labels().Map()}
}

func version() {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/prometheus/prometheus" {
			fmt.Println(module.Path, module.Version)
		}
	}
}
