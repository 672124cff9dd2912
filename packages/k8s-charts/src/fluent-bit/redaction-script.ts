/**
 * The script that takes out of a line what is not to be sent. Above it stand three tables: NAMES, ACTIONS and SEARCHES.
 *
 * It works on the text of the line and not on the record that is made of it: Lua knows no integers beyond 2^53 and does not tell an empty list from
 * an empty object, so a record would not come back as it was. Everything in it takes a time that grows with the length of the line alone. It is pure
 * ASCII and holds no "\${", which Fluent Bit would take for a variable.
 */
export const REDACTION_SCRIPT = String.raw`
local MASK = '[redacted]'

local function backslashes_before(text, at)
  local count = 0
  while text:byte(at - count - 1) == 92 do
    count = count + 1
  end
  return count
end

-- The quote that ends a string. In JSON within a string of JSON, every quote has one backslash before it, then three, then seven.
local function end_of_string(text, at, depth)
  while true do
    local quote = text:find('"', at, true)
    if not quote then
      return nil
    end
    if backslashes_before(text, quote) % (2 * (depth + 1)) == depth then
      return quote
    end
    at = quote + 1
  end
end

local function end_of_nested(text, at, depth)
  local level = 0
  while true do
    local mark = text:find('["%[%]{}]', at)
    if not mark then
      return nil
    end
    local byte = text:byte(mark)
    if byte == 34 then
      mark = end_of_string(text, mark + 1, depth)
      if not mark then
        return nil
      end
    elseif byte == 91 or byte == 123 then
      level = level + 1
    else
      level = level - 1
      if level == 0 then
        return mark
      end
    end
    at = mark + 1
  end
end

-- The last character of a value; nil when it does not end.
local function end_of_value(text, at, depth)
  if text:byte(at + depth) == 34 and backslashes_before(text, at + depth) == depth then
    return end_of_string(text, at + depth + 1, depth)
  end
  local byte = text:byte(at)
  if byte == 91 or byte == 123 then
    return end_of_nested(text, at, depth)
  end
  local stop = text:find('[^%w.+%-]', at)
  if stop == at then
    return nil
  end
  return stop and stop - 1
end

local function without_field(text, name, action)
  local lower = text:lower()
  local parts, copied, at = {}, 1, 1
  while true do
    local first, last = lower:find(name, at, true)
    if not first then
      break
    end
    at = last + 1
    local depth = text:byte(first - 1) == 34 and backslashes_before(text, first - 1)
    local quote = depth and ('\\'):rep(depth) .. '"'
    local value = quote and text:sub(last + 1, last + depth + 1) == quote and text:match('^%s*:%s*()', last + depth + 2)
    if value then
      local stop = end_of_value(text, value, depth)
      if action == 'mask' then
        parts[#parts + 1] = text:sub(copied, value - 1) .. quote .. MASK .. quote
        copied = (stop or #text) + 1
      else
        local before = text:sub(copied, first - depth - 2)
        if before ~= '' then
          parts[#parts + 1] = before
        end
        copied = stop and text:match('^%s*,%s*()', stop + 1)
        if not copied then
          copied = (stop or #text) + 1
          if #parts > 0 then
            parts[#parts] = parts[#parts]:gsub(',%s*$', '')
          end
        end
      end
      at = copied
    end
  end
  parts[#parts + 1] = text:sub(copied)
  return table.concat(parts)
end

-- A text of JSON with its escapes put back, so that patterns find what is meant and not the n of a line break. Quotes and backslashes
-- stay apart, as control characters, of which JSON holds none.
local PLAIN = { b = '\8', f = '\12', n = '\n', r = '\r', t = '\t', ['/'] = '/', ['"'] = '\1', ['\\'] = '\2' }
local ESCAPED = {
  ['\8'] = '\\b', ['\12'] = '\\f', ['\n'] = '\\n', ['\r'] = '\\r', ['\t'] = '\\t', ['\1'] = '\\"', ['\2'] = '\\\\',
  ['\14'] = '\\u', ['\15'] = '',
}

local function unescaped(text)
  return (text:gsub('\\(.)(%x?%x?%x?%x?)', function(letter, digits)
    if letter ~= 'u' then
      return PLAIN[letter] and PLAIN[letter] .. digits
    end
    local code = #digits == 4 and tonumber(digits, 16) or 0
    if code >= 32 and code <= 126 and code ~= 34 and code ~= 92 then
      return string.char(code)
    end
    return '\14' .. digits .. '\15'
  end))
end

local function escaped(text)
  return (text:gsub('[\1\2\8\9\10\12\13\14\15]', ESCAPED))
end

local function without_patterns(text)
  local found = 0
  for _, search in ipairs(SEARCHES) do
    local count
    text, count = text:gsub(search[1], search[2])
    found = found + count
  end
  return text, found
end

local function clean(text)
  local lower = text:lower()
  for _, name in ipairs(NAMES) do
    if lower:find(name, 1, true) then
      text = without_field(text, name, ACTIONS[name])
    end
  end
  if text:find('\\', 1, true) and text:find('^%s*[{%[]') and not text:find('%c') then
    local changed, found = without_patterns(unescaped(text))
    return found > 0 and escaped(changed) or text
  end
  return (without_patterns(text))
end

function redact(tag, timestamp, record)
  local text = record.log
  if type(text) ~= 'string' then
    return 0, timestamp, record
  end
  -- Without this, Fluent Bit would send the line as it is.
  local ok, changed = pcall(clean, text)
  if not ok then
    changed = '[redaction failed]'
  end
  if changed == text then
    return 0, timestamp, record
  end
  record.log = changed
  return 2, timestamp, record
end
`;
