/** The functions that run lifecycle policies. */
package dev.berth.lambda.lifecycle;
