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
  /** Tracebacks of Python. Fluent Bit 5.1.1 gives the last line, which names the error, once more by itself. */
  PYTHON = 'python',
  /** Backtraces of Ruby. */
  RUBY = 'ruby',
}
