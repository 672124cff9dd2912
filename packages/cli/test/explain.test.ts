import { Sandbox } from './host';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.remove());

describe('sightline explain', () => {
  it('says what a rule means, with the two halves of an example and the finding', async () => {
    const { code, stdout, stderr } = await sandbox.run(['explain', 'identity/untrusted-subject']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^error\[identity\/untrusted-subject\]: a role trusts another service account/);
    expect(stdout).toContain('-                 oidc.eks.eu-west-1.amazonaws.com');
    expect(stdout).toContain('+                 oidc.eks.eu-west-1.amazonaws.com');
    expect(stdout).toContain('--> role.template.yaml:');
    expect(stdout).toContain('help: ');
  });

  it('without a rule lists all of them by family', async () => {
    const { code, stdout } = await sandbox.run(['explain']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^alerts\n {2}alerts\/[\s\S]*^backends\n {2}backends\//m);
    expect(stdout).toMatch(/identity\/untrusted-subject +error +a role trusts/);
  });

  it.each([
    ['a slip of the pen', 'identity/untrusted-subjct', 'did you mean identity/untrusted-subject'],
    ['a rule without its family', 'wrong-port', 'did you mean metrics/wrong-port'],
    ['a word of its id', 'audience', 'did you mean identity/'],
    ['anything else', 'x', 'run "sightline explain" for all rules'],
  ])('for %s exits 2 and says what is there', async (_, given, help) => {
    const { code, stdout, stderr } = await sandbox.run(['explain', given]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`there is no rule ${given}`);
    expect(stderr).toContain(help);
  });

  it('shows no escape sequences where nobody wants colour', async () => {
    const run = (host: object) => sandbox.run(['explain', 'metrics/wrong-port'], host);
    expect((await run({ stdoutIsTerminal: true, env: { NO_COLOR: '1' } })).stdout).not.toContain('\u001b');
    expect((await run({ stdoutIsTerminal: true })).stdout).toContain('\u001b[');
  });
});
