import { missingIn, written } from '../../src/model';

const found = (text: string) => missingIn(written(text)).map(({ what }) => what.replace(/,.*/, ''));

it.each([
  ['{{region}}', ['{{region}}']],
  ['arn:aws:iam::<account id>:role/a', ['<account id>']],
  ['${ACCOUNT_ID}', ['${ACCOUNT_ID}']],
  ['$(ACCOUNT_ID)', ['$(ACCOUNT_ID)']],
  ['arn:aws:iam::$ACCOUNT_ID:role/a', ['$ACCOUNT_ID']],
  ['REPLACE_ME', ['REPLACE_ME']],
  ['changeme', ['changeme']],
  ['CHANGE-ME', ['CHANGE-ME']],
  ['REPLACE_WITH_YOUR_ROLE', ['REPLACE_WITH_YOUR_ROLE']],
  ['YOUR_WORKSPACE_ID_HERE', ['YOUR_WORKSPACE_ID_HERE']],
  ['arn:aws:iam::111122223333:role/your-role', ['your-role']],
  ['https://aps-workspaces.REGION.amazonaws.com/workspaces/WORKSPACE_ID/api', ['REGION', 'WORKSPACE_ID']],
  ['ws-xxxxxxxx-xxxx', ['xxxxxxxx', 'xxxx']],
  ['arn:aws:iam::XXXXXXXXXXXX:role/a', ['XXXXXXXXXXXX']],
  ['arn:aws:iam::AWS_ACCOUNT_ID:role/a', ['AWS_ACCOUNT_ID']],
  ['arn:aws:iam::ACCOUNT:role/a', ['ACCOUNT']],
])('%s is still to be filled in', (text, placeholders) => {
  expect(found(text)).toEqual(placeholders);
});

it.each([
  'arn:aws:iam::111122223333:role/ADMIN',
  'arn:aws:iam::aws:policy/AmazonPrometheusRemoteWriteAccess',
  'INFO',
  'ap-northeast-2',
  'system:serviceaccount:monitoring:grafana-alloy',
  'ws-1a2b3c4d-1111-2222-3333-444455556666',
  'prod-eu-west-1-ingest',
  'tell-your-team',
  'changed-it',
  'exchange-me',
  '/eks/tictactoe',
  '${aws:PrincipalTag/team}',
  'xxl-worker',
  '$1',
  'MY_REGIONAL',
])('%s is what it is', (text) => {
  expect(found(text)).toEqual([]);
});
