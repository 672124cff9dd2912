import { DELIVERED } from '../src/rules/examples/delivered';
import { METRICS } from '../src/rules/examples/metrics';
import { type Files, verifyFiles } from './support/estate';

function controllers(files: Files): string | undefined {
  return verifyFiles(files).assumptions.find(({ id }) => id === 'controllers')?.text;
}

const object = (apiVersion: string, kind: string, name = 'a') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}}\n`;

describe('who acts on objects of the input', () => {
  it('is said once, for all worlds', () => {
    expect(controllers(METRICS)).toBe('these run in the clusters, with the definitions of their kinds: ACK');
    expect(controllers(DELIVERED)).toBe('these run in the clusters, with the definitions of their kinds: ACK, Argo CD');
  });

  it.each([
    ['the API server itself', object('networking.k8s.io/v1', 'Ingress')],
    ['a file that no cluster sees', object('eksctl.io/v1alpha5', 'ClusterConfig')],
    [
      'a kind whose definition is in the input',
      `${object('example.com/v1', 'Shelf')}---\n${object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'shelves.example.com')}`,
    ],
  ])('is not said of %s', (_, text) => {
    expect(controllers({ 'a.yaml': text })).toBeUndefined();
  });

  it('is said of a kind of somebody else, by its group', () => {
    expect(controllers({ 'a.yaml': object('example.com/v1', 'Shelf') })).toMatch(/: whoever acts on example\.com$/);
    expect(controllers({ 'a.yaml': object('gateway.networking.k8s.io/v1', 'HTTPRoute') })).toMatch(/gateway/);
  });
});
