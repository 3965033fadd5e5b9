#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// Adam in JavaScript behind the exec protocol: node_optimizer.js [--f32]. One process, no packages.
'use strict';
const fs = require('fs');

const single = process.argv.includes('--f32');
const Real = single ? Float32Array : Float64Array;
const instances = new Map();

function fill(buffer) {
    for (let have = 0; have < buffer.length;) {
        const got = fs.readSync(0, buffer, have, buffer.length - have, null);
        if (got === 0) process.exit(0); // the harness has gone
        have += got;
    }
    return buffer;
}

function readLine() {
    const line = [];
    for (const byte = Buffer.alloc(1); ;) {
        fill(byte);
        if (byte[0] === 10) return Buffer.from(line).toString('utf8');
        line.push(byte[0]);
    }
}

function readArray(bytes) {
    const data = fill(Buffer.alloc(bytes));
    return new Real(data.buffer.slice(data.byteOffset, data.byteOffset + bytes));
}

function write(buffer) {
    for (let sent = 0; sent < buffer.length;) sent += fs.writeSync(1, buffer, sent);
}

function step({ hyper, m, v, state }, theta, grad) {
    const { lr, beta1, beta2, eps } = hyper;
    state.k += 1;
    const c1 = 1 - Math.pow(beta1, state.k);
    const c2 = 1 - Math.pow(beta2, state.k);
    for (let i = 0; i < theta.length; i++) {
        m[i] = beta1 * m[i] + (1 - beta1) * grad[i]; // rounded to the array's format when stored
        v[i] = beta2 * v[i] + (1 - beta2) * grad[i] * grad[i];
        theta[i] -= (lr * (m[i] / c1)) / (Math.sqrt(v[i] / c2) + eps);
    }
    return theta;
}

const calls = {
    describe: () => [{ abi: 1, name: 'node-adam', claims: 'adam', scalar: single ? 'f32' : 'f64', get: true, set: true }],
    create({ instance, n, hyper }) {
        if (!(hyper.lr > 0)) throw new Error('lr must be positive');
        instances.set(instance, { hyper, m: new Real(n), v: new Real(n), state: { k: 0 } });
        return [{}];
    },
    step({ instance }, data) {
        const n = data.length / 2;
        return [{}, step(instances.get(instance), data.subarray(0, n).slice(), data.subarray(n))];
    },
    get({ instance, slot }) {
        const array = instances.get(instance)[slot];
        if (!(array instanceof Real)) throw new Error('no such slot');
        return [{}, array];
    },
    set({ instance, slot, step: steps }, data) {
        instances.get(instance)[slot].set(data);
        instances.get(instance).state.k = steps;
        return [{}];
    },
    destroy({ instance }) {
        instances.delete(instance);
        return [{}];
    },
};

for (;;) {
    const request = JSON.parse(readLine());
    const data = readArray(request.bytes || 0);
    let fields;
    let array;
    try {
        [fields, array] = calls[request.call](request, data);
    } catch (error) {
        [fields, array] = [{ ok: false, error: error.message }];
    }
    const bytes = array && array.length > 0 ? Buffer.from(array.buffer, array.byteOffset, array.byteLength) : null;
    write(Buffer.from(JSON.stringify({ ok: true, ...fields, ...(bytes ? { bytes: bytes.length } : {}) }) + '\n'));
    if (bytes) write(bytes);
}
