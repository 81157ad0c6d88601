/** What a conversation is called in lists and bars: the first words of its question. */
const LONGEST = 80;

/** A greeting says nothing of the question. It goes where something else remains. */
const GREETING =
  /^(?:bonjour|bonsoir|salut|coucou|hello|hi|hey|good (?:morning|afternoon|evening))(?: (?:à tous|à toutes|tout le monde|madame|monsieur|there|all|everyone|everybody))?(?:[,.!;:…-]|\s)+(?=.{10})/iu;

/** On one line, without its greeting. */
export function titleOf(question: string): string {
  const line = question.trim().replaceAll(/\s+/g, ' ');
  const rest = line.replace(GREETING, '');
  const title = rest === line ? line : rest.charAt(0).toLocaleUpperCase() + rest.slice(1);
  if (title.length <= LONGEST) return title;
  const cut = title.slice(0, LONGEST + 1);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > LONGEST / 2 ? space : LONGEST)}…`;
}
