import { runSimulation, type Simulation } from '@cloud-copilot/iam-simulate';

/**
 * Reads a JSON list of simulations from standard input and writes the list of their results to standard output. It is a
 * program of its own, and nothing imports it: the library under it has a licence (AGPL) that we keep apart from our code.
 */
async function main(): Promise<void> {
  let input = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    input += chunk;
  }
  const simulations = JSON.parse(input) as Simulation[];
  const results: string[] = [];
  for (const simulation of simulations) {
    const result = await runSimulation(simulation, { simulationMode: 'Strict' });
    results.push(result.resultType === 'error' ? `error: ${JSON.stringify(result.errors)}` : result.overallResult);
  }
  process.stdout.write(JSON.stringify(results));
}

void main();
