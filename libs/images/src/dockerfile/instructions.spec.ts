import { readDockerfile } from './instructions';

const keywords = (text: string) =>
  readDockerfile('Dockerfile', text).instructions.map(({ line, keyword }) => `${line} ${keyword}`);

it.each([
  ['an indented word that is no end', 'RUN <<EOF\nx\n  EOF\nFROM y\nEOF\nCOPY a b', ['1 RUN', '6 COPY']],
  ['a tab where none is allowed', 'RUN <<EOF\n\tEOF\nFROM y\nEOF\nCOPY a b', ['1 RUN', '5 COPY']],
  ['a tab where it is', 'RUN <<-EOF\nx\n\tEOF\nCOPY a b', ['1 RUN', '4 COPY']],
  ['spaces where tabs are', 'RUN <<-EOF\n  EOF\nEOF\nCOPY a b', ['1 RUN', '4 COPY']],
  ['several', 'RUN <<ONE <<-"TWO"\nFROM x\nONE\nFROM y\n\tTWO\nCOPY a b', ['1 RUN', '6 COPY']],
  ['a word of two words', 'RUN <<"E F" cat\nx\nE F\nCOPY a b', ['1 RUN', '4 COPY']],
  ['an escaped word', 'RUN cat <<E\\OF\nFROM x\nEOF\nCOPY a b', ['1 RUN', '4 COPY']],
  ['a descriptor', 'RUN 3<<EOF cat\nFROM x\nEOF\nCOPY a b', ['1 RUN', '4 COPY']],
  ['space before the word', 'RUN cat << EOF\nFROM x\nEOF\nCOPY a b', ['1 RUN', '4 COPY']],
  ['none in quotes', 'RUN echo "a <<EOF"\nCOPY a b', ['1 RUN', '2 COPY']],
  ['none in a shift', 'RUN echo $((1<<4))\nCOPY a b', ['1 RUN', '2 COPY']],
  ['none in a here-string', 'RUN cat <<<word\nCOPY a b', ['1 RUN', '2 COPY']],
  ['none in a JSON form', 'RUN ["sh", "<<EOF"]\nCOPY a b', ['1 RUN', '2 COPY']],
  ['none elsewhere', 'ENV A=<<EOF\nCOPY a b', ['1 ENV', '2 COPY']],
  ['files', 'COPY <<a.txt <<b.txt /x/\nFROM 1\na.txt\nb.txt\nRUN x', ['1 COPY', '5 RUN']],
  ['one held back', 'ONBUILD RUN <<EOF\nFROM x\nEOF\nCOPY a b', ['1 ONBUILD', '4 COPY']],
  ['a carriage return', 'RUN <<EOF\r\nFROM x\r\nEOF\r\nCOPY a b\r\n', ['1 RUN', '4 COPY']],
])('ends heredocs as BuildKit does: %s', (_what, text, expected) => {
  expect(keywords(text)).toEqual(expected);
});

it.each([
  ['a comment between', 'RUN a \\\n# FROM x\n\n  b\nCOPY a b', ['1 RUN', '5 COPY']],
  ['in a word', 'FR\\\nOM scratch\nCOPY a b', ['1 FROM', '3 COPY']],
  ['spaces behind', 'RUN a \\ \t\n b\nCOPY a b', ['1 RUN', '3 COPY']],
  ['none after an escaped escape', 'RUN a \\\\\nCOPY a b', ['1 RUN', '2 COPY']],
  ['another escape', '# escape=`\nRUN a `\n b \\\nCOPY a b', ['2 RUN', '4 COPY']],
  ['a directive that comes too late', '\n# escape=`\nRUN a `\nCOPY a b', ['3 RUN', '4 COPY']],
  ['a mark at the beginning', '\uFEFFFROM scratch', ['1 FROM']],
])('continues lines as BuildKit does: %s', (_what, text, expected) => {
  expect(keywords(text)).toEqual(expected);
});

it('tells flags and what is behind them apart', () => {
  const [copy] = readDockerfile('Dockerfile', 'copy --from=a --chown="1:1" --link\\ ed -- --x y').instructions;
  expect(copy).toMatchObject({ flags: ['--from=a', '--chown=1:1', '--link ed'], argument: '--x y' });
});
