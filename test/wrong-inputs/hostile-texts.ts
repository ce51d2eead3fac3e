/** Texts that mean something to YAML, to a shell, to a template, to a terminal or to a browser. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...[': ', 'a: b', 'a:', '- a', '-', '# a', 'a # b', '&a', '*a', '!a', '!!binary aGk=', '| ', '|', '>', '>-', "'", "''", '"', '""'],
  ...['%YAML 1.1', '@a', '`a`', '[a', ']', '{a', '}', '{}', '[]', ',', '?', '? a', '<<', '=', '\\', '\\n', '---', '--- a', '...', '....'],
  ...['yes', 'Yes', 'no', 'on', 'off', 'y', 'n', 'true', 'False', '~', 'null', 'Null', 'NULL', 'NaN', '.nan', '.inf', '-.Inf'],
  ...['0', '-0', '+1', '1.0', '1.', '.5', '1e3', '1E+3', '0o7', '0x1F', '0b1', '012', '08', '1_000', '12:30:45', '190:20:30.15'],
  ...['2027-01-01', '2027-01-01T10:00:00Z', '2027-1-1 10:00:00 +1'],
  ...['{{ .Values.password }}', '{{- end }}', '${HOME}', '$HOME', '$(HOME)', '$$', '`id`', '$(id)', '<%= id %>', '#{id}', '%s'],
  ...[' a', 'a ', ' ', '\ta', 'a\t', '\n', 'a\n', 'a\n\n', '\na', 'a\nb', 'a\r\nb', 'a\rb', '\r', ' a\nb', 'a \nb', 'a\n  b\n c', 'a\n---\nb: c\n'],
  ...['a\u2028b', 'a\u2029b', 'a\u0085b', '\ufeffa', 'a\u00a0b', 'a\u200bb', '\u202egnp.exe', 'a\0b', '\x07', '\x1b[31mred\x1b[0m', '\x7f', '\u009b'],
  ...['ä', 'e\u0301', '💰', '👩‍👩‍👧', '日本語', 'مرحبا', '\ud7ff', '\ue000', '\ufffd', '\u{10ffff}'],
  ...['<script>alert(1)</script>', '](https://example.com)', '| a | b |', '# Title', '../../etc/passwd', 'constructor', '__proto__', '[object Object]'],
  'x'.repeat(5_000),
  'word '.repeat(1_000).trim(),
  `${'x'.repeat(200)}\n\n  ${'y '.repeat(200)}\n`,
];
