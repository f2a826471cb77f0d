// Runs before the first paint, so a dark page never flashes white. Keep in step with src/app/theme.ts.
(function () {
  var choice = null;
  try {
    choice = localStorage.getItem('atlas.theme');
  } catch {
    // Storage can be forbidden; the system's theme is then the answer.
  }
  var dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
