// node inspect-page.js CHROMIUM PAGE.html WIDTH HEIGHT light|dark|print [PICTURE.png]
// Opens a page without a network, tries everything on it, and prints what a test wants to know as one line of JSON.
'use strict';

const { chromium } = require('playwright-core');
const { pathToFileURL } = require('node:url');

const [executablePath, file, width, height, look, picture] = process.argv.slice(2);

const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

async function main() {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const context = await browser.newContext({
    offline: true,
    viewport: { width: Number(width), height: Number(height) },
    colorScheme: look === 'dark' ? 'dark' : 'light',
  });
  const page = await context.newPage();
  const own = pathToFileURL(file).href;
  const findings = { errors: [], requests: [], dialogs: [] };
  page.on('console', message => ['error', 'warning'].includes(message.type()) && findings.errors.push(message.text()));
  page.on('pageerror', error => findings.errors.push(String(error)));
  page.on('request', request => request.url() !== own && findings.requests.push(request.url()));
  page.on('dialog', dialog => { findings.dialogs.push(dialog.message()); dialog.dismiss(); });
  await page.goto(own);
  if (look === 'print') {
    await page.emulateMedia({ media: 'print' });
  }
  await page.waitForTimeout(300); // charts are drawn anew when the medium or the size changes
  const target = await page.evaluate(() => {
    const plot = document.querySelector('.plot');
    if (!plot) {
      return null;
    }
    plot.scrollIntoView({ block: 'center' });
    const chart = echarts.getInstanceByDom(plot);
    const index = Math.max(0, chart.getOption().series.findIndex(series => series.data.some(item => item.lines)));
    const { left, top } = plot.getBoundingClientRect();
    const [first] = chart.getOption().series[index].data;
    if (first === undefined) {
      return null;
    }
    const [x, y] = chart.convertToPixel({ seriesIndex: index }, first.value ?? first);
    return { x: left + x, y: top + y };
  });
  if (target) {
    await page.mouse.move(target.x - 1, target.y);
    await page.mouse.move(target.x, target.y);
    await page.waitForTimeout(100);
  }
  if (picture) {
    await page.screenshot({ path: picture, fullPage: true });
  }
  findings.overflow = await page.evaluate(overflow);
  findings.tip = await page.evaluate(() => document.querySelector('.tip')?.textContent ?? null);
  await page.evaluate(() => document.querySelectorAll('details').forEach(details => { details.open = true; }));
  await page.waitForTimeout(300);
  findings.overflowUnfolded = await page.evaluate(overflow);
  Object.assign(findings, await page.evaluate(() => ({
    title: document.title,
    charts: [...document.querySelectorAll('.plot')].map(plot => ({
      id: plot.id,
      shapes: plot.querySelectorAll('svg path').length,
      texts: [...plot.querySelectorAll('svg text')].map(text => text.textContent),
      width: Math.round(plot.querySelector('svg')?.getBoundingClientRect().width ?? 0),
    })),
    tableRows: [...document.querySelectorAll('table')].map(table => table.tBodies[0].rows.length),
    scripts: document.scripts.length,
    results: JSON.parse(document.getElementById('results').textContent),
    headings: [...document.querySelectorAll('h2')].map(heading => heading.textContent),
    tablesBehind: [...document.querySelectorAll('.plot')].filter(plot => plot.closest('figure').querySelector('details table')).length,
    headlessCells: [...document.querySelectorAll('th')].filter(cell => !cell.scope).length,
    namelessParts: [...document.querySelectorAll('[tabindex], [role=img], [role=region]')].filter(part => !part.getAttribute('aria-label') || !part.getAttribute('role')).length,
    brokenLinks: [...document.querySelectorAll('nav a')].filter(link => !document.querySelector(link.getAttribute('href'))).length,
    pictures: [...document.images].map(image => ({ width: image.naturalWidth, shown: Math.round(image.getBoundingClientRect().width), alt: image.alt })),
    histograms: [...document.querySelectorAll('.histogram path')].map(path => path.getAttribute('d').length),
    matrixCells: document.querySelectorAll('.matrix td').length,
    background: getComputedStyle(document.body).backgroundColor,
  })));
  console.log(JSON.stringify(findings));
  await browser.close();
}

main().catch(error => { console.error(error); process.exit(1); });
