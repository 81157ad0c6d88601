/** What older browsers need besides the tokens, fetched by those alone. */
export { default as olderText } from './older.css?inline';
