// node follow-page.js CHROMIUM ADDRESS WIDTH HEIGHT light|dark [PICTURE.png]
// Opens a page that follows a run and prints 'seen' when it has been brought up to date a few times; stays until the run has ended
// and a moment longer, and prints what it saw as one line of JSON.
// PICTURE.png: where a picture goes after the run; one of it while it trains goes beside it, with -during before its .png.
'use strict';

const { chromium } = require('playwright-core');

const [executablePath, address, width, height, look, picture] = process.argv.slice(2);
const longest = 120_000; // ms

async function main() {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage({ viewport: { width: Number(width), height: Number(height) }, colorScheme: look });
  const findings = { errors: [], requests: [] };
  page.on('console', message => ['error', 'warning'].includes(message.type()) && findings.errors.push(message.text()));
  page.on('pageerror', error => findings.errors.push(String(error)));
  page.on('request', request => findings.requests.push(request.url()));
  await page.goto(address);
  findings.first = await page.evaluate(() => {
    window.leads = [];
    window.points = [];
    const note = () => {
      window.leads.push(document.querySelector('.lead').textContent);
      window.points.push(...[...document.querySelectorAll('#zeros')].map(plot => echarts.getInstanceByDom(plot).getOption().series[0].data.length));
    };
    document.addEventListener('charts', () => setTimeout(note)); // after the page's own script has heard of it
    return { tab: document.title, notice: document.querySelector('.notice').textContent };
  });
  await page.waitForFunction(() => document.querySelectorAll('.plot').length === 5, null, { timeout: longest });
  // A table that somebody has opened and gone to stays open and keeps the focus.
  await page.evaluate(() => {
    document.querySelector('main details').open = true;
    document.querySelector('main details .scroll').focus();
    echarts.getInstanceByDom(document.getElementById('loss')).dispatchAction({ type: 'legendUnSelect', name: 'test' });
  });
  if (picture) {
    await page.screenshot({ path: picture.replace(/\.png$/, '-during.png'), fullPage: true });
  }
  await page.waitForFunction(before => window.leads.length >= before + 2, await page.evaluate(() => window.leads.length), { timeout: longest });
  console.log('seen');
  await page.waitForFunction(() => document.querySelector('.notice').textContent !== '', null, { timeout: longest });
  await page.waitForTimeout(4000); // longer than the process goes on, and than the browser would wait to try again
  Object.assign(findings, await page.evaluate(() => ({
    tab: document.title,
    lead: document.querySelector('.lead').textContent,
    notice: document.querySelector('.notice').textContent,
    leads: window.leads,
    points: window.points,
    isOpen: document.querySelector('main details').open,
    hasFocus: document.activeElement === document.querySelector('main details .scroll'),
    selected: echarts.getInstanceByDom(document.getElementById('loss')).getOption().legend[0].selected,
    headings: [...document.querySelectorAll('h2')].map(heading => heading.textContent),
    tableRows: document.querySelector('main details table').tBodies[0].rows.length,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    charts: [...document.querySelectorAll('.plot')].map(plot => ({ id: plot.id, shapes: plot.querySelectorAll('svg path').length })),
  })));
  if (picture) {
    await page.screenshot({ path: picture, fullPage: true });
  }
  console.log(JSON.stringify(findings));
  await browser.close();
}

main().catch(error => { console.error(error); process.exit(1); });
