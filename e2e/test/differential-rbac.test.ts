import { mayWatch } from '@eks-sightline/wiring/lib/trace/hops/rbac';
import { ApiServer } from '../kit/api-server';
import { howMany, randomCases, told } from '../kit/differential/cases';
import { type Question, type RbacCase, rbacCase } from '../kit/differential/rbac/clusters';
import { aggregate, clear, may, settle } from '../kit/differential/rbac/oracle';
import { worldOf } from '../kit/differential/world';

/** Our judgement of roles and bindings against the authorizer of a real API server. */
const QUESTIONS = 50;
const COUNT = Math.ceil(howMany(500) / QUESTIONS);

let server: ApiServer;

beforeAll(async () => {
  server = await ApiServer.start();
  await aggregate(server);
}, 150_000);

afterAll(() => server?.stop());

test(`${COUNT} random clusters, ${QUESTIONS} questions each: what we know is what the API server says`, async () => {
  let number = 0;
  const cases = randomCases(COUNT, (random) => rbacCase(++number, QUESTIONS)(random));
  const different: string[] = [];
  const counts = { questions: COUNT * QUESTIONS, allowed: 0, differences: 0, unknown: 0 };
  for (const [index, one] of cases.entries()) {
    await settle(server, one.objects, `marker-${index}`);
    const wanted = await Promise.all(one.questions.map((question) => may(server, question)));
    await clear(server, one.objects);
    const got = ours(one);
    for (const [at, question] of one.questions.entries()) {
      if (wanted[at]) counts.allowed += 1;
      if (got[at] === 'unknown') counts.unknown += 1;
      else if ((got[at] === 'yes') !== wanted[at]) different.push(printed(one, question, got[at]));
    }
  }
  told('RBAC', 'kube-apiserver, SubjectAccessReview', { ...counts, differences: different.length });
  expect(different.slice(0, 4)).toEqual([]);
  expect(counts.allowed).toBeGreaterThan(counts.questions / 20);
}, 3_000_000);

function ours({ objects, questions }: RbacCase): readonly (string | undefined)[] {
  const world = worldOf(objects);
  return questions.map(({ namespace, account, resource, verbs, place }) => {
    const span = world.objects[0]?.name.span;
    if (!span) throw new Error('no objects');
    const reader = { namespace, name: { value: account, span }, who: 'it', component: 'it', verbs, span };
    const { broken, missing } = mayWatch(reader, resource, place, world);
    return broken ? 'no' : missing ? 'unknown' : 'yes';
  });
}

/** The question, and what has to do with whoever asks. */
function printed({ objects }: RbacCase, question: Question, got: string | undefined): string {
  const bindings = objects.filter(({ subjects }) => JSON.stringify(subjects)?.match(`${question.account}|system:`));
  const roles = new Set(bindings.map(({ roleRef }) => (roleRef as { name: string }).name));
  const shown = [
    ...bindings,
    ...objects.filter(({ kind, metadata }) => !/Binding$/.test(kind) && roles.has(metadata.name)),
  ];
  return [`${got}: ${JSON.stringify(question)}`, ...shown.map((object) => JSON.stringify(object))].join('\n');
}
