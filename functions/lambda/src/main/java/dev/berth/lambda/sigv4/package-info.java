/** What the APIs that take signed requests have in common. */
package dev.berth.lambda.sigv4;
