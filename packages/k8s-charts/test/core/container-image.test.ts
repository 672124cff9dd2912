import { componentImage, pullSecrets } from '../../src/core/container-image';

const OWN = 'quay.io/prometheus/prometheus:v3.14.0';

test('the registry of the image is replaced, its path and tag are kept', () => {
  expect(componentImage('Props', OWN, {})).toBe(OWN);
  expect(componentImage('Props', OWN, { image: 'example.com/x:1' })).toBe('example.com/x:1');
  expect(componentImage('Props', OWN, { imageRegistry: 'mirror:5000' })).toBe(
    'mirror:5000/prometheus/prometheus:v3.14.0',
  );
  expect(componentImage('Props', OWN, { imageRegistry: 'example.com/quay' })).toBe(
    'example.com/quay/prometheus/prometheus:v3.14.0',
  );
});

test.each(['https://example.com', 'example.com/', 'Example.com', 'example.com:port', ''])(
  'the registry %j is refused',
  (imageRegistry) => {
    expect(() => componentImage('Props', OWN, { imageRegistry })).toThrow(
      `Props.imageRegistry: got ${JSON.stringify(imageRegistry)}, allowed: a host name`,
    );
  },
);

test('a registry that another framework fills in is left alone', () => {
  const imageRegistry = '${Token[AWS.AccountId.4]}.dkr.ecr.ap-northeast-2.amazonaws.com';
  expect(componentImage('Props', OWN, { imageRegistry })).toBe(`${imageRegistry}/prometheus/prometheus:v3.14.0`);
});

test('secrets are named once each, and no list is written for none', () => {
  expect(pullSecrets(undefined)).toEqual({});
  expect(pullSecrets([])).toEqual({});
  expect(pullSecrets(['a', 'b', 'a'])).toEqual({ imagePullSecrets: [{ name: 'a' }, { name: 'b' }] });
  expect(() => pullSecrets(['A'])).toThrow('imagePullSecrets: got "A"');
});
