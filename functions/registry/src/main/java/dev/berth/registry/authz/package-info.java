/** Who may do what: the policies that apply to an attempt, gathered and asked. */
package dev.berth.registry.authz;
