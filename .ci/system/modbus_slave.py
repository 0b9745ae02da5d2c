"""A slave of the system test on pymodbus: modbus_slave.py PORT UNIT. It has the registers of docs/examples/my-meter.toml and two coils."""

import asyncio
import struct
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server import StartAsyncSerialServer
from pymodbus.transaction import ModbusRtuFramer


def main(port, unit):
    voltage = struct.unpack(">HH", struct.pack(">f", 233.41))
    inputs = list(voltage) + [1234, 0]
    holding = [0] * 0x100 + [0x0001, 0x1170]
    slave = ModbusSlaveContext(
        ir=ModbusSequentialDataBlock(0, inputs),
        hr=ModbusSequentialDataBlock(0, holding),
        co=ModbusSequentialDataBlock(0, [0, 1]),
        di=ModbusSequentialDataBlock(0, [1, 0]),
        zero_mode=True,
    )
    context = ModbusServerContext(slaves={unit: slave}, single=False)
    asyncio.run(StartAsyncSerialServer(context=context, framer=ModbusRtuFramer, port=port, baudrate=9600, timeout=0.005, ignore_missing_slaves=True))


main(sys.argv[1], int(sys.argv[2]))
