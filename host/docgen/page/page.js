(function () {
  "use strict";
  var box = document.getElementById("search"), found = document.getElementById("found"), root = document.documentElement;

  // Every heading with an id can be found: by its words first, then by what is said of it.
  var places = [];
  document.querySelectorAll("section[id], h3[id]").forEach(function (e) {
    var heading = e.tagName === "H3" ? e : e.querySelector("h2");
    var words = heading.firstChild.textContent.trim();
    places.push({ id: e.id, words: words, lower: words.toLowerCase(), about: e.dataset.about || "" });
  });

  function rank(place, terms) {
    var sum = 0;
    for (var i = 0; i < terms.length; i++) {
      var at = place.lower.indexOf(terms[i]);
      if (place.lower === terms[i]) sum += 0;
      else if (at === 0) sum += 1;
      else if (at > 0) sum += 2;
      else if (place.about.toLowerCase().indexOf(terms[i]) >= 0) sum += 5;
      else return -1;
    }
    return sum * 1000 + place.words.length;
  }

  function show() {
    var terms = box.value.toLowerCase().split(/\s+/).filter(Boolean), hits = [];
    found.textContent = "";
    if (terms.length) {
      places.forEach(function (p) {
        var r = rank(p, terms);
        if (r >= 0) hits.push([r, p]);
      });
    }
    hits.sort(function (a, b) { return a[0] - b[0]; }).slice(0, 40).forEach(function (hit) {
      var item = document.createElement("li"), link = document.createElement("a"), about = document.createElement("small");
      link.href = "#" + hit[1].id;
      link.textContent = hit[1].words;
      about.textContent = hit[1].about;
      link.appendChild(about);
      item.appendChild(link);
      found.appendChild(item);
    });
    if (terms.length && !hits.length) {
      var none = document.createElement("li");
      none.textContent = "nothing found";
      found.appendChild(none);
    }
    found.hidden = !terms.length;
  }

  function move(step) {
    var links = Array.prototype.slice.call(found.querySelectorAll("a"));
    var next = links.indexOf(document.activeElement) + step;
    if (next < 0) box.focus();
    else if (links[next]) links[next].focus();
  }

  box.addEventListener("input", show);
  box.addEventListener("focus", show);
  document.addEventListener("keydown", function (event) {
    var inside = box.parentNode.contains(document.activeElement);
    if (event.key === "/" && !inside) { box.focus(); event.preventDefault(); }
    else if (!inside) return;
    else if (event.key === "ArrowDown") { move(1); event.preventDefault(); }
    else if (event.key === "ArrowUp") { move(-1); event.preventDefault(); }
    else if (event.key === "Escape") { found.hidden = true; box.blur(); }
    else if (event.key === "Enter" && document.activeElement === box && found.querySelector("a")) found.querySelector("a").click();
  });
  document.addEventListener("click", function (event) {
    if (!box.parentNode.contains(event.target) || event.target.closest("#found a")) found.hidden = true;
  });

  // Light or dark: as the system has it, until somebody chooses.
  var key = "light", kept = null;
  try { kept = localStorage.getItem(key); } catch (e) { /* nothing is kept for files in some browsers */ }
  if (kept) root.dataset.light = kept;
  document.getElementById("light").addEventListener("click", function () {
    var dark = root.dataset.light ? root.dataset.light === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.light = dark ? "light" : "dark";
    try { localStorage.setItem(key, root.dataset.light); } catch (e) { /* then not */ }
  });

  // On a wide screen the contents are open.
  if (matchMedia("(min-width: 60rem)").matches) {
    document.querySelectorAll("nav details").forEach(function (d) { d.open = true; });
  }
})();
