/** Every language at once. */
import './pack-en.ts';
import './pack-fr.ts';
