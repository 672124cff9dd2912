import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';
import { containersOf, nameOf } from './of-collector';

export const floatingImage: LintRule = {
  id: 'versions/floating-image',
  severity: 'warning',
  summary: 'the version of a collector is not fixed',
  why: 'nodes run different versions after a while, and a change of configuration syntax arrives on its own',
  help: 'name a version or a digest',
  example: example(METRICS, { file: 'collector.yaml', good: 'alloy:v1.18.1', bad: 'alloy:latest' }),
  check: ({ collectors, unconfigured }) =>
    containersOf([...collectors, ...unconfigured]).flatMap((collector) => {
      const { image } = collector.container;
      if (!image || !isFloating(image.value)) return [];
      return [{ subject: nameOf(collector), message: `${nameOf(collector)} runs ${image.value}`, span: image.span }];
    }),
};

/** No tag means `latest`. A text with a gap in it (`{{ tag }}`, `$TAG`) is somebody else's to fill. */
function isFloating(image: string): boolean {
  if (image === '' || /[${}<>@]/.test(image)) return false;
  const tag = /:([\w.-]+)$/.exec(image)?.[1];
  return tag === undefined || /^(?:latest|stable|main|master|edge|nightly)$/.test(tag);
}
