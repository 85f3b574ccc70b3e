// Draws the charts of a page from the JSON in it. Text goes into the document as text, never as markup.
'use strict';

(() => {
  const symbols = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'arrow', 'roundRect', 'circle'];
  const legendRow = 24; // px
  const narrow = 560; // px; below it labels get less room

  const draw = { points: pointOptions, lines: lineOptions, bars: barOptions };
  let drawn = [];

  // Plots stay in the elements that stay; an element that is new gets one.
  function take(charts) {
    drawn.filter(({ plot }) => !plot.getDom().isConnected).forEach(({ plot }) => plot.dispose());
    drawn = charts.map(chart => {
      const element = document.getElementById(chart.id);
      return { chart, plot: echarts.getInstanceByDom(element) ?? echarts.init(element, null, { renderer: 'svg' }) };
    });
    drawAll();
  }

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  }

  // Where a number stands on its axis, and the number at a place. ECharts draws the places on a linear axis.
  const scales = {
    linear: { place: value => value, value: place => place },
    logarithmic: { place: value => Math.log10(value), value: place => 10 ** place },
    remainder: { place: value => 2 - Math.log10(100 - value), value: place => 100 - 10 ** (2 - place) },
  };

  function digits(value) {
    if (value !== 0 && Math.abs(value) < 1e-3) {
      return Number(value.toPrecision(6)).toExponential().replace(/(\.\d{3})\d*/, '$1').replace('e+', 'e');
    }
    return value.toLocaleString('en', { maximumSignificantDigits: 6, useGrouping: false });
  }

  // 1, 2 and 5 times the powers of ten from low to high.
  function roundNumbers(low, high) {
    const numbers = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
      for (const factor of [1, 2, 5]) {
        const number = Number(`${factor}e${power}`);
        if (number >= low * (1 - 1e-9) && number <= high * (1 + 1e-9)) {
          numbers.push(number);
        }
      }
    }
    return numbers;
  }

  function ticks(axis, values) {
    if (axis.scale === 'logarithmic') {
      return roundNumbers(Math.min(...values), Math.max(...values));
    }
    return roundNumbers(100 - Math.max(...values), 100 - Math.min(...values)).map(left => Number((100 - left).toPrecision(12)));
  }

  // Whether points below the axis are marked at its edge.
  const isCut = axis => Number.isFinite(axis.shownFrom);

  // ECharts rounds the ends of an axis outwards; not so where nothing can be, and not from a single value to its double.
  function linearEnds(axis, low, high) {
    const ends = {};
    const room = high > low ? 0.1 * (high - low) : Math.min(1, 0.5 * Math.abs(high) || 1);
    if (high === low || (axis.least !== null && low - room < axis.least)) {
      ends.min = Math.max(low - room, axis.least ?? -Infinity);
    } else if (isCut(axis)) { // a round number, known to who marks what lies below
      const step = 10 ** Math.floor(Math.log10(high - low)) / 2;
      ends.min = Number((step * Math.floor((low - room) / step)).toPrecision(12));
    }
    if (high === low || (axis.most !== null && high + room > axis.most)) {
      ends.max = Math.min(high + room, axis.most ?? Infinity);
    }
    return ends;
  }

  function axisOptions(axis, values) {
    const scale = scales[axis.scale];
    const options = {
      type: 'value',
      scale: true,
      name: `${axis.name} (${axis.unit})`,
      nameTextStyle: { color: colour('quiet') },
      axisLine: { show: true, lineStyle: { color: colour('quiet') } },
      axisTick: { show: true },
      axisLabel: { color: colour('text'), hideOverlap: true, formatter: place => digits(scale.value(place)) },
      splitLine: { lineStyle: { color: colour('rule') } },
    };
    if (values.length === 0) {
      return options;
    }
    if (axis.scale === 'linear') {
      return { ...options, ...linearEnds(axis, Math.min(...values), Math.max(...values)) };
    }
    const places = values.map(scale.place);
    const margin = Math.max(0.05 * (Math.max(...places) - Math.min(...places)), 0.05);
    const at = ticks(axis, values).map(scale.place);
    return {
      ...options,
      min: Math.min(...places) - margin,
      max: Math.max(...places) + margin,
      axisLabel: { ...options.axisLabel, customValues: at },
      axisTick: { show: true, customValues: at },
    };
  }

  function tip(title, lines) {
    const element = document.createElement('div');
    element.className = 'tip';
    const heading = document.createElement('strong');
    heading.textContent = title;
    element.append(heading);
    for (const line of lines) {
      const row = document.createElement('div');
      row.textContent = line;
      element.append(row);
    }
    return element;
  }

  // Bars through a point along both axes, with a short stroke across each end.
  function errorBar(parameters, api) {
    const [x, y, xLow, xHigh, yLow, yHigh] = [0, 1, 2, 3, 4, 5].map(dimension => api.value(dimension));
    const stroke = { stroke: api.visual('color'), lineWidth: 1.5, fill: 'none' };
    const line = (x1, y1, x2, y2) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: stroke });
    const children = [];
    if (Number.isFinite(yLow)) {
      const [[at, low], [, high]] = [api.coord([x, yLow]), api.coord([x, yHigh])];
      children.push(line(at, low, at, high), line(at - 4, low, at + 4, low), line(at - 4, high, at + 4, high));
    }
    if (Number.isFinite(xLow)) {
      const [[low, at], [high]] = [api.coord([xLow, y]), api.coord([xHigh, y])];
      children.push(line(low, at, high, at), line(low, at - 4, low, at + 4), line(high, at - 4, high, at + 4));
    }
    return { type: 'group', children };
  }

  function seriesOptions(series, index, place) {
    const own = { name: series.name, color: colour(`series-${index % 8 + 1}`), symbol: symbols[index % symbols.length] };
    const item = point => ({ value: place(point), lines: point.lines });
    return [
      {
        ...own,
        type: 'line',
        lineStyle: { width: series.isJoined ? 1.5 : 0 },
        z: 3, // above its runs and its bars
        data: series.points.map(point => ({
          ...item(point),
          symbolSize: point.isMarked ? 12 : 8,
          itemStyle: point.isMarked ? { borderColor: colour('text'), borderWidth: 2 } : {},
        })),
      },
      {
        ...own,
        type: 'scatter',
        symbolSize: 5,
        itemStyle: { opacity: 0.45 },
        z: 1,
        data: series.details.map(item),
      },
      {
        ...own,
        type: 'custom',
        silent: true,
        renderItem: errorBar,
        clip: true, // as the points are that the axis leaves out
        z: 2,
        encode: { x: [0, 2, 3], y: [1, 4, 5] },
        data: series.points.map(place),
      },
    ];
  }

  // Arrows at the lower edge for points that lie below it.
  function belowOptions(series, index, place, edge) {
    return {
      name: series.name,
      type: 'scatter',
      color: colour(`series-${index % 8 + 1}`),
      symbol: 'arrow',
      symbolRotate: 180,
      symbolSize: 12,
      symbolOffset: [0, -6],
      z: 4,
      label: { show: true, position: 'top', color: colour('text'), formatter: item => item.data.label },
      labelLayout: { moveOverlap: 'shiftY' },
      data: series.points.filter(point => point.y < edge.from).map(point => ({
        value: [place(point)[0], edge.at], lines: point.lines, label: point.y.toFixed(1),
      })),
    };
  }

  // Through the marked points: at least this accuracy is to be had with at least so many zeros.
  function frontOptions(chart, place) {
    const marked = chart.series.flatMap(series => series.points).filter(point => point.isMarked).sort((a, b) => a.x - b.x);
    return {
      name: chart.front,
      type: 'line',
      step: 'start',
      silent: true,
      symbol: 'none',
      color: colour('quiet'),
      lineStyle: { width: 1, type: 'dashed' },
      data: marked.map(point => place(point).slice(0, 2)),
      z: 1,
    };
  }

  function pointOptions(chart, width) {
    const across = scales[chart.horizontal.scale].place;
    const up = scales[chart.vertical.scale].place;
    const maybe = (scale, value) => (value === null ? NaN : scale(value));
    const place = point => [
      across(point.x), up(point.y), maybe(across, point.xLow), maybe(across, point.xHigh), maybe(up, point.yLow), maybe(up, point.yHigh),
    ];
    const everything = chart.series.flatMap(series => [...series.points, ...series.details]);
    const span = low => high => middle => everything.flatMap(point => [point[low], point[high], point[middle]]).filter(value => value !== null);
    const shown = span('yLow')('yHigh')('y').filter(value => !isCut(chart.vertical) || value >= chart.vertical.shownFrom);
    const names = [
      ...chart.series.map(series => ({ name: series.name })),
      ...(chart.front ? [{ name: chart.front, itemStyle: { opacity: 0 } }] : []), // a line without a point
    ];
    const frame = frameOptions(chart, names, span('xLow')('xHigh')('x'), shown, width);
    const edge = { from: chart.vertical.shownFrom, at: frame.yAxis.min };
    return {
      tooltip: tooltipOptions('item', parameters => tip(parameters.seriesName, parameters.data.lines)),
      ...frame,
      series: [
        ...chart.series.flatMap((series, index) => seriesOptions(series, index, place)),
        ...(isCut(chart.vertical) ? chart.series.map((series, index) => belowOptions(series, index, place, edge)) : []),
        ...(chart.front ? [frontOptions(chart, place)] : []),
      ],
    };
  }

  function tooltipOptions(trigger, formatter) {
    return { trigger, confine: true, backgroundColor: colour('panel'), borderColor: colour('rule'), formatter };
  }

  // Names wrap into a few rows; of more of them the reader turns pages, which paper has not.
  function legendRows(names, width) {
    const letter = 7, symbol = 44; // px, of the legend's font on average; with the gap behind the name
    let rows = 1, used = 0;
    for (const { name } of names) {
      const wide = symbol + letter * name.length;
      [rows, used] = used > 0 && used + wide > width ? [rows + 1, wide] : [rows, used + wide];
    }
    return rows <= 3 || matchMedia('print').matches ? rows : 1;
  }

  function legendOptions(names, width) {
    return {
      data: names,
      type: legendRows(names, width) > 1 ? 'plain' : 'scroll',
      top: 0,
      left: 0,
      textStyle: { color: colour('text') },
      inactiveColor: colour('rule'),
      pageTextStyle: { color: colour('text') },
      pageIconColor: colour('text'),
      pageIconInactiveColor: colour('rule'),
    };
  }

  // Legend, room and axes of a plot with two axes of numbers.
  function frameOptions(chart, names, across, up, width) {
    const isNamed = names.length > 1;
    const namesHeight = isNamed ? 4 + legendRow * legendRows(names, width) : 0;
    return {
      legend: isNamed ? legendOptions(names, width) : { show: false },
      grid: { left: width < narrow ? 56 : 64, right: 20, top: 36 + namesHeight, bottom: 52 },
      xAxis: { ...axisOptions(chart.horizontal, across), nameLocation: 'middle', nameGap: 30 },
      yAxis: { ...axisOptions(chart.vertical, up), nameLocation: 'end', nameTextStyle: { align: 'left', color: colour('quiet'), padding: [0, 0, 0, -48] } },
    };
  }

  // Every series at one place along the horizontal axis, a line each.
  function placeTip(chart, parameters) {
    const value = item => scales[chart.vertical.scale].value(item.value[1]);
    return tip(
      `${digits(Number(parameters[0].value[0].toPrecision(4)))} ${chart.horizontal.unit}`,
      parameters.map(item => `${item.seriesName}: ${digits(value(item))} ${chart.vertical.unit}`));
  }

  function lineOptions(chart, width) {
    const points = chart.series.flatMap(series => series.points);
    const up = scales[chart.vertical.scale].place;
    const most = 24; // symbols of a line: they tell lines apart where colours do not
    const frame = frameOptions(
      chart, chart.series.map(series => ({ name: series.name })), points.map(point => point[0]), points.map(point => point[1]), width);
    return {
      ...frame,
      xAxis: { ...frame.xAxis, minInterval: 1 },
      tooltip: tooltipOptions('axis', parameters => placeTip(chart, parameters)),
      series: chart.series.map(series => ({
        name: series.name,
        type: 'line',
        color: colour(`series-${series.colour % 8 + 1}`),
        symbol: symbols[series.colour % symbols.length],
        symbolSize: 6,
        showSymbol: true,
        lineStyle: { width: 2, type: series.isDashed ? 'dashed' : 'solid' },
        data: series.points.map((point, index) => ({
          value: [point[0], up(point[1])],
          ...(index % Math.ceil(series.points.length / most) === 0 ? {} : { symbol: 'none' }),
        })),
      })),
    };
  }

  function barOptions(chart, width) {
    const letter = 6.6; // px, of the labels' font on average
    const longest = texts => letter * Math.max(0, ...texts.map(text => text.length));
    const room = Math.min(longest(chart.categories) + 8, 0.34 * width);
    const label = (series, index) => series.labels[index] ?? '';
    const names = chart.series.length > 1 ? chart.series.map(series => ({ name: series.name })) : [];
    const namesHeight = names.length > 0 ? 4 + legendRow * legendRows(names, width) : 0;
    return {
      aria: { enabled: true, label: { enabled: false }, decal: { show: chart.series.length > 1 } }, // patterns, for who cannot tell the colours apart
      legend: legendOptions(names, width),
      tooltip: tooltipOptions('axis', items => tip(items[0].name, items.map(item => `${item.seriesName}: ${label(chart.series[item.seriesIndex], item.dataIndex)}`))),
      grid: { left: room + 8, right: longest(chart.series.flatMap(series => series.labels)) + 12, top: 8 + namesHeight, bottom: 48 },
      xAxis: {
        ...axisOptions({ ...chart.horizontal, scale: 'linear' }, [0, ...chart.series.flatMap(series => series.values)]),
        min: 0,
        max: chart.horizontal.most ?? undefined,
        nameLocation: 'middle',
        nameGap: 28,
      },
      yAxis: {
        type: 'category',
        data: chart.categories,
        inverse: true,
        axisLine: { lineStyle: { color: colour('quiet') } },
        axisTick: { show: false },
        axisLabel: { color: colour('text'), interval: 0, width: room, overflow: 'truncate' },
      },
      series: chart.series.map((series, index) => ({
        name: series.name,
        type: 'bar',
        color: colour(`series-${index % 8 + 1}`),
        barMaxWidth: 16,
        barGap: '15%',
        label: { show: true, position: 'right', color: colour('text'), fontSize: 11, formatter: item => label(series, item.dataIndex) },
        data: series.values,
      })),
    };
  }

  function drawAll() {
    for (const { chart, plot } of drawn) {
      const common = { animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily } };
      const options = draw[chart.kind](chart, plot.getWidth());
      const selected = plot.getOption()?.legend?.[0]?.selected; // what the reader has switched off stays off
      plot.setOption({ ...common, ...options, legend: { ...options.legend, selected } }, { notMerge: true });
    }
  }

  function fit(width) {
    drawn.forEach(({ plot }) => plot.resize(width ? { width: width(plot.getDom()) } : undefined));
    drawAll();
  }

  // On paper the text is 180 mm wide; the browser lays it out only after the plots are drawn.
  const paper = 640;
  const onPaper = plot => (plot.closest('.pair') ? paper / 2 - 12 : paper);

  take(JSON.parse(document.getElementById('charts').textContent));
  document.addEventListener('charts', event => take(event.detail)); // from a page that follows a run
  let roomBefore = document.body.clientWidth;
  new ResizeObserver(() => {
    if (document.body.clientWidth !== roomBefore) { // of the width alone; the page grows longer whenever a table is unfolded
      roomBefore = document.body.clientWidth;
      fit();
    }
  }).observe(document.body);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  matchMedia('print').addEventListener('change', event => fit(event.matches ? onPaper : () => 'auto'));
  addEventListener('beforeprint', () => document.querySelectorAll('details.part').forEach(part => { part.open = true; }));
})();
