import type { Span } from '../../text';
import type { Problem } from '../problem';

/** Stops the step that is under way; the build catches it, keeps the problem and goes on with the next step. */
export class BuildFault extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

export function fault(code: string, message: string, span?: Span, help?: string): BuildFault {
  return new BuildFault({ code, message, ...(help && { help }), ...(span && { span }) });
}

/** Runs a step; a fault in it becomes a problem. `span` is where the step stands when the fault names no place. */
export function attempt(problems: Problem[], span: Span | undefined, step: () => void): void {
  try {
    step();
  } catch (error) {
    if (!(error instanceof BuildFault)) throw error;
    problems.push({ ...error.problem, ...(!error.problem.span && span && { span }) });
  }
}
