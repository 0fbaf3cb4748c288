/**
 * The streaming edge: HTTP/1.1 on Netty, for any {@link dev.berth.lambda.http.Handler}. It knows
 * nothing of what the requests mean.
 */
package dev.berth.local.http;
