/**
 * The configuration file: one TOML file per node, read into records that hold every default. All problems are reported at
 * once, each with file, line and column. Only this package knows tomlj.
 */
@NullMarked
package io.thicket.agent.config;

import org.jspecify.annotations.NullMarked;
