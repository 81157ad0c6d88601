/** Starts the demo shop of index.html. */
import { startShop } from './shop.ts';

startShop(document);
