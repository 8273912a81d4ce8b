/** The first lines that run in the agents' console. */
import { render } from "preact";

const root = document.getElementById("app");
if (root) render(<h1>Silkroad</h1>, root);
