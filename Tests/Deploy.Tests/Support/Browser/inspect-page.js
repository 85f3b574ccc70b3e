// node inspect-page.js CHROMIUM PAGE.html WIDTH HEIGHT light|dark|print [PICTURE.png]
// Opens a page without a network, tries everything on it, and prints what a test wants to know as one line of JSON.
'use strict';

const { chromium } = require('playwright-core');
const { pathToFileURL } = require('node:url');

const [executablePath, file, width, height, look, picture] = process.argv.slice(2);

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
    const chart = echarts.getInstanceByDom(plot);
    const index = chart.getOption().series.findIndex(series => series.data.some(item => item.lines));
    const { left, top } = plot.getBoundingClientRect();
    if (index < 0) {
      return null;
    }
    const [x, y] = chart.convertToPixel({ seriesIndex: index }, chart.getOption().series[index].data[0].value);
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
    tip: document.querySelector('.tip')?.textContent ?? null,
    background: getComputedStyle(document.body).backgroundColor,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  })));
  console.log(JSON.stringify(findings));
  await browser.close();
}

main().catch(error => { console.error(error); process.exit(1); });
