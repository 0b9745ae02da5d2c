package io.thicket.agent.cli;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.catalogue.ModbusDriver;
import io.thicket.drivers.catalogue.SpecDriver;
import io.thicket.drivers.catalogue.VirtualDevice;
import io.thicket.drivers.spec.RegisterPage;
import io.thicket.drivers.spec.SensorPage;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket driver info}. */
@Command(name = "info", description = "About one device: wiring, values, traps, commands and examples, as Markdown.")
final class DriverInfoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "A driver of 'thicket driver list', or a specification file (*.toml).")
    private String id;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    DriverInfoCommand() {}

    @Override
    public Integer call() throws Failure {
        DeviceDriver driver = DriverSource.find(id);
        PrintWriter out = spec.commandLine().getOut();
        DriverDescriptor descriptor = driver.descriptor();
        if (driver instanceof SpecDriver its) {
            out.print(SensorPage.markdown(its.spec()));
        } else if (driver instanceof ModbusDriver modbus && !modbus.needsMap()) {
            out.print(RegisterPage.markdown(modbus.map(Map.of())));
        } else {
            out.println("# " + descriptor.title());
            out.println();
            out.println(
                    driver instanceof VirtualDevice
                            ? "Without a port. Values and examples: docs/sensors.md"
                            : "Line: " + PortTool.text(descriptor.line())
                                    + ". Values, wiring and examples: docs/sensors.md");
        }
        out.println();
        out.println("Options:");
        out.println();
        for (DriverDescriptor.Option option : descriptor.options()) {
            out.println("* `" + option.key() + "`: " + option.description());
        }
        out.flush();
        return ExitCode.OK.number();
    }
}
