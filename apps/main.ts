/** Every example, one after the other: each writes to a folder of its own. */
import './bank/main';
import './blue-green/main';
import './commerce/main';
import './patterns/main';
