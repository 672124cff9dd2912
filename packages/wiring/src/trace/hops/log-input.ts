import { describe, known, labelOf, textOf, type World } from '../../model';
import type { FluentBitSection } from '../../read/fluent-bit';
import type { Collector } from '../collectors/find';
import { type LogsPlan, nameOf } from '../collectors/logs-plan';
import { globFinds } from '../log-source/glob';
import { isForContainers, patternsOf } from '../log-source/inputs';
import { anyLogFile } from '../log-source/log-files';
import { clean } from '../log-source/mounts';
import type { Route, Routes } from '../log-source/routes';
import { type Break, type Hop, HopBuilder } from '../path';

/** stdout and stderr of a container, in a file of its node, where the collector runs too. */
export function containerLogHop({ workload, container, file }: Route, collector: Collector): Hop {
  const { object } = collector.workload;
  const whose = workload && container ? `${labelOf(workload.object)} ${container.name}` : 'workload';
  const hop = new HopBuilder('container-log', whose, describe(file.link));
  if (!workload || !container) return hop.lacks({ kind: 'object', what: 'workload not in the input' }).build();
  hop.saw(`containerd keeps what container ${container.name} writes in ${describe(file.file)}`, container.span);
  if (object.kind === 'DaemonSet') hop.saw(`${labelOf(object)} runs on every node`, object.name.span);
  else if (object !== workload.object) {
    hop.lacks({ kind: 'node', what: `whether ${labelOf(object)} runs on the node of every pod` });
  }
  const image = collector.container.image;
  if (
    collector.workload.pod.os === 'windows' &&
    image &&
    ROOT_IMAGES.test(image.value) &&
    !/windows|ltsc/.test(image.value)
  ) {
    hop.breaks({
      claim: 'collector-is-on-node',
      message: `${labelOf(object)} goes to nodes with Windows, and its image is for Linux`,
      span: image.span,
      related: [{ span: collector.workload.pod.osSpan ?? object.name.span, message: 'the nodes are chosen here' }],
    });
  } else if (collector.workload.pod.os === 'windows' || workload.pod.os === 'windows') {
    hop.lacks({ kind: 'not-examined', what: 'not examined by this version: nodes with Windows' });
  }
  return hop.build();
}

/** Does the input find the file, and may it read it? */
export function inputHop({ file, input, reading, workload }: Route, plan: LogsPlan, starved?: Break): Hop {
  const { collector } = plan;
  const hop = new HopBuilder('input', describe(file.link), `${labelOf(collector.workload.object)} ${nameOf(input)}`);
  for (const { text, span } of reading.evidence) hop.saw(text, span);
  if (starved) hop.breaks(starved);
  if (!workload) hop.lacks({ kind: 'object', what: 'workload not in the input' });
  else if (reading.truth === 'unknown') {
    const paths = input.all('path').map(({ text }) => text.text);
    hop.lacks({ kind: 'path', what: `whether ${paths.join(', ')} finds ${describe(reading.path ?? file.link)}` });
  }
  if (reading.broken) hop.breaks(reading.broken);
  const unreadable = unreadableFor(collector, input);
  if (unreadable && 'claim' in unreadable) hop.breaks(unreadable);
  else if (unreadable) hop.lacks(unreadable);
  return hop.build();
}

/** Images that run as root unless they are told not to. */
const ROOT_IMAGES = /(?:^|\/)(?:aws-for-)?fluent-bit(?:[:@]|$)/;

/** containerd makes log files with mode 0640 for root and its group. */
function unreadableFor(
  { workload, container }: Collector,
  input: FluentBitSection,
): Break | { readonly kind: string; readonly what: string } | undefined {
  const { pod } = workload;
  const user = container.security.runAsUser ?? pod.security.runAsUser;
  const group = container.security.runAsGroup ?? pod.security.runAsGroup;
  if (!user && !ROOT_IMAGES.test(container.image?.value ?? '')) {
    if (group?.value === 0 || pod.security.groups.includes(0)) return undefined;
    return {
      kind: 'user',
      what: `as which user ${container.image?.value ?? 'the image'} runs, and so whether it may read the files`,
    };
  }
  if (!user || user.value === 0 || pod.security.groups.includes(0)) return undefined;
  // Without a group the one of the user in the image counts, which is root's for a user that the image does not have.
  if (!group)
    return {
      kind: 'user',
      what: `to which group user ${user.value} belongs in the image, and so whether it may read the files`,
    };
  if (group.value === 0) return undefined;
  return {
    claim: 'logs-are-readable',
    message: `container ${container.name} of ${labelOf(workload.object)} runs as user ${user.value} and group ${group.value}, and the files of containers are for root and its group only`,
    span: user.span,
    related: [
      { span: group.span, message: 'the group is set here' },
      { span: input.get('path')?.span ?? input.span, message: `${nameOf(input)} reads them` },
    ],
    help: 'run as group 0, which may read the files, or as user 0',
  };
}

/** Why an input that is there for containers reads none of them, where that is certain. */
export function idleBreak(input: FluentBitSection, plan: LogsPlan, routes: Routes, world: World): Break | undefined {
  const setting = input.get('path');
  if (!setting || !isForContainers(input)) return undefined;
  const { workload, container } = plan.collector;
  const who = `container ${container.name} of ${labelOf(workload.object)}`;
  const patterns = patternsOf(setting);
  const texts = patterns.map((pattern) => textOf(pattern));
  if (texts.some((text) => text === undefined) || workload.pod.os === 'windows') return undefined;
  for (const text of texts) {
    const head = clean((text ?? '').replace(/[^/]*[*?[].*$/s, '').replace(/[^/]*$/, ''));
    const mounted = routes.view.at(head);
    const volume = mounted?.volume;
    if (!/\/var\/log(?:\/|$)/.test(head) || (mounted && !volume)) continue;
    if (volume && volume.type !== 'hostPath' && volume.type !== 'emptyDir') continue;
    const onNode = routes.view.onNode(head);
    // What is seen is right, so that it is the pattern that is wrong.
    if (onNode === head || (onNode !== undefined && /^\/var\/log(?:\/(?:containers|pods)(?:\/.*)?)?$/.test(onNode))) {
      continue;
    }
    const shown = onNode === undefined ? 'nothing of the node' : `${onNode} of the node`;
    return {
      claim: 'log-directory-is-mounted',
      message: `${nameOf(input)} reads ${head}, where ${who} sees ${shown}`,
      span: volume?.hostPath?.span ?? mounted?.mount.span ?? setting.span,
      related: [{ span: setting.span, message: 'the path of the input' }],
      help: `mount /var/log of the node at /var/log`,
    };
  }
  const any = anyLogFile();
  const seen = [any.link, any.file].flatMap((file) => routes.view.seenAs(file));
  const isImpossible =
    seen.length > 0 &&
    patterns.every((pattern) => seen.every((path) => globFinds(known(clean(textOf(pattern) ?? '')), path) === 'no'));
  const isEvident = world.closedManifests && !routes.forAddons.includes(input) && world.cluster.workloads.length > 1;
  if (!isImpossible && !isEvident) return undefined;
  const example = world.cluster.workloads.find(({ object }) => object !== workload.object) ?? workload;
  const excluding = input.get('exclude_path');
  return {
    claim: 'input-finds-files',
    message: isImpossible
      ? `${nameOf(input)} reads ${setting.text.text}, and no file of a container is called so: they are /var/log/containers/<pod>_<namespace>_<container>-<id>.log`
      : `${nameOf(input)} reads ${setting.text.text}, which finds no container of any pod`,
    span: setting.span,
    related: [
      ...(excluding ? [{ span: excluding.span, message: 'files of these names are left out' }] : []),
      {
        span: example.object.namespace?.span ?? example.object.name.span,
        message: `${labelOf(example.object)} runs here`,
      },
    ],
  };
}
