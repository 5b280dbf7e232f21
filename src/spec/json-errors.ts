/** The code of JSON that values are to be made of: apart from the table of errors, so that a decoder does not hold it. */
export type JsonCode = 'INVALID_JSON';

export const JSON_TEXT = 'The JSON is damaged, or says what cannot become a value.';
