/** Sentences of a text, each as its words. A sentence ends with a full stop, a question mark or an exclamation mark. */
export const sentencesIn = (text: string): readonly (readonly string[])[] =>
  text
    .split(/[.?!](?:\s+|$)/)
    .map((sentence) => sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)))
    .filter((words) => words.length > 0);

/**
 * LIX, the Swedish measure of readability (Björnsson 1968): words per sentence, and words of more than six letters in
 * percent. Under 30 is very easy, under 40 easy.
 */
export const lixOf = (text: string): number => {
  const sentences = sentencesIn(text);
  const words = sentences.flat();
  const long = words.filter((word) => word.replaceAll(/[^\p{L}\p{N}]/gu, '').length > 6);
  return words.length / sentences.length + (100 * long.length) / words.length;
};
