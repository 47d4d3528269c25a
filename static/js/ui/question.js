/** A question that takes the place of the button that was pressed, until it is answered. */

/** Asks; resolves to true (`yes`) or false (`no`, or Escape). */
export function question(button, { text, yes, no }) {
  const box = document.getElementById('question').content.firstElementChild.cloneNode(true);
  box.querySelector('.question-text').textContent = text;
  box.ariaLabel = text;
  const [agree, refuse] = ['[data-yes]', '[data-no]'].map((part) => box.querySelector(part));
  agree.textContent = yes;
  refuse.textContent = no;
  button.hidden = true;
  button.after(box);
  refuse.focus();
  return new Promise((resolve) => {
    const answer = (value) => {
      box.remove();
      button.hidden = false;
      button.focus();
      resolve(value);
    };
    agree.addEventListener('click', () => answer(true));
    refuse.addEventListener('click', () => answer(false));
    box.addEventListener('keydown', (event) => event.key === 'Escape' && answer(false));
  });
}
