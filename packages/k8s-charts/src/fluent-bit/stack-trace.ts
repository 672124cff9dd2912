/**
 * Languages whose stack traces Fluent Bit can tell from other lines.
 *
 * @see https://docs.fluentbit.io/manual/data-pipeline/parsers/multiline-parsing
 */
export enum StackTrace {
  /** Panics of Go. */
  GO = 'go',
  /** Exceptions of Java and other languages of its machine. */
  JAVA = 'java',
  /** Tracebacks of Python. */
  PYTHON = 'python',
  /** Backtraces of Ruby. */
  RUBY = 'ruby',
}
