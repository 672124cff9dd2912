/** Inflates one block of Snappy (format_description.txt of google/snappy), which remote write is compressed with. */
export function inflateSnappy(input: Buffer): Buffer {
  let at = 0;
  let length = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = input[at++] ?? 0;
    length |= (byte & 0x7f) << shift;
    if (byte < 0x80) {
      break;
    }
  }
  const output = Buffer.alloc(length);
  let end = 0;
  while (at < input.length) {
    const tag = input[at++] ?? 0;
    if ((tag & 3) === 0) {
      const size = tag >>> 2;
      const extra = size < 60 ? 0 : size - 59;
      const literal = (extra === 0 ? size : input.readUIntLE(at, extra)) + 1;
      at += extra;
      input.copy(output, end, at, at + literal);
      at += literal;
      end += literal;
      continue;
    }
    const [size, offset, used] = copyOf(tag, input, at);
    at += used;
    // Byte by byte: a copy may reach into what it writes itself.
    for (const stop = end + size; end < stop; end++) {
      output[end] = output[end - offset] ?? 0;
    }
  }
  return output;
}

/** Size, distance back, and bytes that follow the tag. */
function copyOf(tag: number, input: Buffer, at: number): [number, number, number] {
  switch (tag & 3) {
    case 1:
      return [((tag >>> 2) & 7) + 4, ((tag >>> 5) << 8) | (input[at] ?? 0), 1];
    case 2:
      return [(tag >>> 2) + 1, input.readUInt16LE(at), 2];
    default:
      return [(tag >>> 2) + 1, input.readUInt32LE(at), 4];
  }
}
