/** Principals of AWS log in as roles of this deployment, without a secret that is kept. */
package dev.berth.registry.login;
