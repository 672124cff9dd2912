import type { Application, AppProject, Destination, Located } from '../../model';
import { labelOf } from '../../model';
import { normalised } from '../../read/argocd';
import type { Span } from '../../text';
import { example } from '../example';
import { DELIVERED } from '../examples/delivered';
import type { EstateRule } from './lint-rule';

interface Refusal {
  readonly what: string;
  readonly span: Span;
  readonly allowed: Span;
}

export const forbiddenByProject: EstateRule = {
  id: 'gitops/forbidden-by-project',
  severity: 'error',
  summary: 'an Application does what its AppProject does not allow',
  why: 'Argo CD refuses it: InvalidSpecError, and nothing is applied',
  help: 'let the project allow it, or change the Application',
  example: example(DELIVERED, {
    file: 'argocd/shop.yaml',
    good: '    - https://github.com/example/shop.git\n',
    bad: '    - https://github.com/example/store.git\n',
  }),
  check: ({ gitOps }) => {
    const projects = new Map(
      gitOps.projects.map((project) => [keyOf(project.scope, project.object.name.value), project]),
    );
    return gitOps.applications.flatMap((application) => {
      const project = projects.get(keyOf(application.scope, application.project?.value ?? 'default'));
      if (!project || !isBeside(project, application)) return [];
      return [...refusals(application, project)].map(({ what, span, allowed }) => ({
        subject: `${application.label}: ${what}`,
        message: `${application.label} ${what}, which ${labelOf(project.object)} does not allow`,
        span,
        related: [{ span: allowed, message: 'what the project allows' }],
      }));
    });
  },
};

function keyOf(scope: string, name: string): string {
  return `${scope}\n${name}`;
}

/** Projects of one name may be in the input for several installations of Argo CD. */
function isBeside({ object }: AppProject, { object: { namespace } }: Application): boolean {
  return !object.namespace || !namespace || object.namespace.value === namespace.value;
}

function* refusals({ sources, destination }: Application, project: AppProject): Iterable<Refusal> {
  const { object, repositories, destinations } = project;
  for (const { repository } of sources) {
    if (!repository || isAllowed(repository.value, repositories)) continue;
    yield {
      what: `takes ${repository.value}`,
      span: repository.span,
      allowed: repositories[0]?.span ?? object.name.span,
    };
  }
  const [first] = destinations;
  const place = destination.server ?? destination.name;
  if (!place || destinations.some((one) => mayBe(one, destination))) return;
  const namespace = destination.namespace ? ` (namespace ${destination.namespace.value})` : '';
  yield { what: `goes to ${place.value}${namespace}`, span: place.span, allowed: first?.span ?? object.name.span };
}

/** As Argo CD's IsSourcePermitted: one has to fit, and none that begins with `!`. */
function isAllowed(repository: string, patterns: readonly Located<string>[]): boolean {
  const given = normalised(repository);
  const fits = (pattern: string) => pattern === '*' || glob(normalised(pattern), '/').test(given);
  if (patterns.some(({ value }) => value.startsWith('!') && fits(value.slice(1)))) return false;
  return patterns.some(({ value }) => !value.startsWith('!') && fits(value));
}

/** A cluster has a name and an address; where the project says one and the Application the other, nobody knows. */
function mayBe(allowed: Destination, wanted: Destination): boolean {
  const texts = [allowed.server, allowed.name, allowed.namespace];
  if (texts.some((text) => text?.value.startsWith('!'))) return true;
  const byServer =
    allowed.server && (!wanted.server || glob(address(allowed.server.value), '').test(address(wanted.server.value)));
  const byName = allowed.name && (!wanted.name || glob(allowed.name.value, '').test(wanted.name.value));
  if (!byServer && !byName) return false;
  return !wanted.namespace || glob(allowed.namespace?.value ?? '', '').test(wanted.namespace.value);
}

function address(server: string): string {
  return server.replace(/\/+$/, '');
}

/** Globs of Argo CD: `*` stops at the separator, if there is one; `{a,b}` and `[abc]` are not looked into and fit all. */
function glob(pattern: string, separator: string): RegExp {
  if (/[{[\\]/.test(pattern)) return /^/;
  const one = separator === '' ? '.' : `[^${separator}]`;
  const escaped = pattern.replace(/[.+^$()|\]}]/g, '\\$&');
  return new RegExp(
    `^${escaped.replaceAll('**', '\0').replaceAll('*', `${one}*`).replaceAll('?', one).replaceAll('\0', '.*')}$`,
    's',
  );
}
