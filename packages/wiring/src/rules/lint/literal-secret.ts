import { labelOf } from '../../model';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintInput, LintRule, Spotted } from './lint-rule';
import { containersOf, nameOf } from './of-collector';

/** Names of settings whose value is a secret, in every collector's syntax: `password = "…"`, `http_passwd …`, `"token": "…"`. */
const SETTING =
  /^[\t ]*(?:- )?["']?((?:basic_auth_|http_|sasl_)?passw(?:or)?d|bearer_token|auth_token|api_?key|token|secret_?key|client_secret|credentials|secret|secret_access_key|aws_secret_access_key)["']?[\t ]*(?:[:=][\t ]*|[\t ]+)(.+?)[\t ]*,?$/gim;
const ACCESS_KEY = /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/g;
const VARIABLE = /(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|SECRET_ACCESS_KEY)$/i;
/** Values that lead to the secret and are none: calls, references, gaps, switches, files. */
const REFERENCE =
  /[$({<]|^["']?(?:|\/.*|[\w.]+\.[\w.]+|true|false|on|off|null|~|none|x+|\*+|\.+)["']?$|^[[|>]|secret[_-]?(?:ref|name)|sys\.env|env\(/i;

export const literalSecret: LintRule = {
  id: 'security/literal-secret',
  severity: 'warning',
  summary: 'a secret stands in the configuration of a collector',
  why: 'whoever reads the repository or the ConfigMap has it, and it is in the history for good',
  help: 'keep it in a Secret, and refer to it by a variable or a file; change it now, for it is known',
  example: example(METRICS, {
    file: 'collector.yaml',
    good: '      forward_to = [prometheus.remote_write.store.receiver]\n    }',
    bad: '      forward_to = [prometheus.remote_write.store.receiver]\n      basic_auth {\n        username = "meter"\n        password = "example-only"\n      }\n    }',
  }),
  check: (input) => [...inFiles(input), ...inVariables(input)],
};

/** The finding names the setting and never the value; its place is the name's. */
function inFiles({ collectors }: LintInput): readonly Spotted[] {
  return collectors.flatMap((collector) =>
    [...collector.main, ...collector.files.filter((file) => !collector.main.includes(file))].flatMap((file) => {
      const text = `${file.content.value}`;
      const where = `${file.key} of ConfigMap ${file.configMap}`;
      // In Alloy a text has quotes, and what has none is an expression.
      const isText = (value: string) => collector.kind !== 'alloy' || /^"/.test(value);
      const settings = [...text.matchAll(SETTING)].filter(([, , value]) => !REFERENCE.test(value) && isText(value));
      const found = [
        ...settings.map((match) => ({
          what: match[1],
          at: match.index + match[0].indexOf(match[1]),
          length: match[1].length,
        })),
        ...[...text.matchAll(ACCESS_KEY)].map(({ index }) => ({ what: 'an access key of AWS', at: index, length: 4 })),
      ];
      return found.map(({ what, at, length }) => ({
        subject: `${where}: ${what}`,
        message: `${what} is written out in ${where}`,
        span: file.content.text().span(at, at + length),
      }));
    }),
  );
}

function inVariables({ collectors, unconfigured }: LintInput): readonly Spotted[] {
  return containersOf([...collectors, ...unconfigured]).flatMap((collector) =>
    collector.container.env.flatMap(({ name, source }) => {
      if (source.kind !== 'value' || !VARIABLE.test(name.value) || REFERENCE.test(source.value)) return [];
      const message = `${name.value} of ${nameOf(collector)} is written out`;
      return [{ subject: `${labelOf(collector.workload.object)}: ${name.value}`, message, span: name.span }];
    }),
  );
}
