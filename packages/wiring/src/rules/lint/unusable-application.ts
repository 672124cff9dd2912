import type { Application, ApplicationSource } from '../../model';
import type { Span } from '../../text';
import { example } from '../example';
import { DELIVERED } from '../examples/delivered';
import type { EstateRule } from './lint-rule';
import { eksCluster, isLocal } from './of-application';

interface Fault {
  readonly what: string;
  readonly span: Span;
  readonly help: string;
  readonly related?: Span;
}

/** What Argo CD refuses before it looks at anything: util/argo/argo.go, ValidateRepo and GetDestinationCluster. */
export const unusableApplication: EstateRule = {
  id: 'gitops/unusable-application',
  severity: 'error',
  summary: 'an Application says too little, or two things at once',
  why: 'Argo CD refuses it: InvalidSpecError, and nothing is applied',
  help: 'give one destination, and a repository with a path or a chart with its version',
  example: example(DELIVERED, {
    file: 'argocd/shop.yaml',
    good: '    namespace: observe\n',
    bad: '    name: in-cluster\n    namespace: observe\n',
  }),
  check: ({ gitOps: { applications } }) => {
    const capability = applications.find(({ destination }) => eksCluster(destination));
    return applications.flatMap((application) =>
      [...faults(application, capability)].map(({ what, span, help, related }) => ({
        subject: `${application.label}: ${what}`,
        message: `${application.label} ${what}`,
        span,
        help,
        ...(related && {
          related: [{ span: related, message: 'another Application of the same Argo CD names an EKS cluster' }],
        }),
      })),
    );
  },
};

function* faults(
  { destination, project, sources, scope, object }: Application,
  capability: Application | undefined,
): Iterable<Fault> {
  const { server, name } = destination;
  if (server && name) {
    yield { what: 'names its cluster twice, by server and by name', span: name.span, help: 'leave one of them out' };
  }
  // Argo CD as a capability of EKS knows clusters by their ARNs, and others do not.
  const isSame = capability?.scope === scope && capability.object.namespace?.value === object.namespace?.value;
  if (server && isLocal(destination) && isSame) {
    yield {
      what: `goes to ${server.value}, which Argo CD as a capability of EKS does not know`,
      span: server.span,
      help: 'register the cluster, and name it by its ARN',
      related: capability.destination.server?.span,
    };
  }
  if (project && (server || name)) for (const source of sources) yield* faultsOf(source);
}

function* faultsOf({
  repository,
  path,
  chart,
  revision,
  isReference,
  span,
  isOpen,
}: ApplicationSource): Iterable<Fault> {
  // Patches of Applications lie about as files of their own, too.
  if (isOpen || !repository) return;
  if (!path && !chart && !isReference) {
    yield { what: 'has a source without a path or a chart', span, help: 'name the directory; "." is the root' };
  }
  if (chart && !revision) {
    yield { what: `installs chart ${chart.value} in no version`, span: chart.span, help: 'give targetRevision' };
  }
}
